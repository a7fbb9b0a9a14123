using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// <c>scan [--dry-run]</c>: one scan and its first attempts, in this process; prints the summary as JSON. On SQLite it
/// runs only while the application is stopped (process lock); on PostgreSQL a running process may send instead of this one.
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
    private readonly ScanRuns runs;
    private readonly OverdueScan scan;
    private readonly NotificationDispatcher dispatcher;
    private readonly ScanRunQueries queries;
    private readonly IOptions<CronOptions> options;

    public ScanCommand(
        DatabaseStartup startup, ScanRuns runs, OverdueScan scan, NotificationDispatcher dispatcher, ScanRunQueries queries, DryRun dryRun, IOptions<CronOptions> options)
        : base("scan", "Look for overdue tickets once and send what is due.")
    {
        (this.startup, this.runs, this.scan, this.dispatcher, this.queries, this.options) = (startup, runs, scan, dispatcher, queries, options);
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
