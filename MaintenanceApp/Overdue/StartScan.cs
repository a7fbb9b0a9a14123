using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>Starts a scan for a caller over HTTP and answers with its summary, or with where to look for it.</summary>
public sealed class StartScan(ScanRuns runs, ScanRunQueries queries, IOptionsMonitor<CronOptions> options)
{
    public const string StatusRoute = "scan-run";

    /// <summary><c>Prefer: respond-async</c> (RFC 7240 §4.1).</summary>
    public static bool WantsNoWait(HttpRequest request) =>
        request.Headers["Prefer"].ToString().Contains("respond-async", StringComparison.OrdinalIgnoreCase);

    /// <returns>200 with the summary, or 202 with the address of the run's state.</returns>
    public async Task<IResult> ExecuteAsync(ScanTrigger trigger, int? requestedBy, bool noWait, CancellationToken cancellationToken)
    {
        var id = await runs.RequestAsync(trigger, requestedBy, cancellationToken);
        if (!noWait
            && await runs.WaitAsync(id, options.CurrentValue.ResponseWait, cancellationToken)
            && await queries.FindAsync(id, cancellationToken) is { Summary: { } summary })
        {
            return Results.Ok(summary);
        }

        var statusUrl = $"/api/cron/runs/{id}";
        return Results.Accepted(statusUrl, new Accepted("Vérification en cours", id, statusUrl));
    }

    /// <summary>The run goes on; ask later.</summary>
    public sealed record Accepted(string Message, string RunId, string StatusUrl);
}
