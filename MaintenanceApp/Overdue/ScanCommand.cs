using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// <c>scan [--dry-run]</c>: one scan and its first attempts; prints the summary as JSON. On SQLite it runs only while the
/// application is stopped (process lock), so in this process; on PostgreSQL a node that runs gets the job, as from the cron route.
/// </summary>
internal sealed class ScanCommand : Command
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly DatabaseStartup startup;
    private readonly JobControl jobs;
    private readonly ScanRuns runs;
    private readonly OverdueScan scan;
    private readonly NotificationDispatcher dispatcher;
    private readonly ScanRunQueries queries;
    private readonly IOptions<CronOptions> options;

    public ScanCommand(
        DatabaseStartup startup, JobControl jobs, ScanRuns runs, OverdueScan scan, NotificationDispatcher dispatcher, ScanRunQueries queries, DryRun dryRun, IOptions<CronOptions> options)
        : base("scan", "Look for overdue tickets once and send what is due.")
    {
        (this.startup, this.jobs, this.runs, this.scan, this.dispatcher, this.queries, this.options) = (startup, jobs, runs, scan, dispatcher, queries, options);
        var isDryRun = new Option<bool>("--dry-run") { Description = "Show what would be sent: no row, no post." };
        Add(isDryRun);
        SetAction(async (result, cancellationToken) =>
        {
            await this.startup.PrepareAsync(cancellationToken);
            object? answer = result.GetValue(isDryRun) ? await dryRun.ExecuteAsync(cancellationToken) : await ScanAsync(cancellationToken);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer, Json));
            return 0;
        });
    }

    private async Task<ScanSummary?> ScanAsync(CancellationToken cancellationToken)
    {
        if (await jobs.IsServedElsewhereAsync(cancellationToken))
        {
            var asked = await runs.RequestAsync(ScanTrigger.Cli, null, cancellationToken);
            if (await runs.WaitAsync(asked, options.Value.ResponseWait, cancellationToken))
            {
                return (await queries.FindAsync(asked, cancellationToken))?.Summary;
            }
        }

        // Nobody else does it, or not in time: the run that is queued is taken here.
        var id = await runs.BeginAsync(ScanTrigger.Cli, cancellationToken);
        await scan.RunAsync(id, cancellationToken);
        while (await dispatcher.DrainAsync(cancellationToken) is { IsEmpty: false })
        {
            // One drain is short; until nothing leaves any more.
        }

        await runs.WaitAsync(id, options.Value.ResponseWait, cancellationToken);
        return (await queries.FindAsync(id, cancellationToken))?.Summary;
    }
}
