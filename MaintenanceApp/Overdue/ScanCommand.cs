using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// <c>scan [--dry-run]</c> on the command line: one scan and its first attempts, in this process. On SQLite it runs only
/// while the application is stopped (process lock); on PostgreSQL a running process may send instead of this one.
/// </summary>
public sealed class ScanCommand(
    ScanRuns runs, OverdueScan scan, NotificationDispatcher dispatcher, ScanRunQueries queries, DryRun dryRun, IOptionsMonitor<CronOptions> options)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="isDryRun">Show what would be sent: no row, no post.</param>
    /// <param name="output">Where the JSON goes.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    public async Task RunAsync(bool isDryRun, TextWriter output, CancellationToken cancellationToken)
    {
        object? answer;
        if (isDryRun)
        {
            answer = await dryRun.ExecuteAsync(cancellationToken);
        }
        else
        {
            var id = await runs.BeginAsync(ScanTrigger.Cli, cancellationToken);
            await scan.RunAsync(id, cancellationToken);
            await dispatcher.DrainAsync(cancellationToken);
            await runs.WaitAsync(id, options.CurrentValue.ResponseWait, cancellationToken);
            answer = (await queries.FindAsync(id, cancellationToken))?.Summary;
        }

        await output.WriteLineAsync(JsonSerializer.Serialize(answer, Json));
    }
}
