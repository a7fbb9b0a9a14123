using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Puts the scan on the schedule and scans once shortly after the start, which is also the catch-up after downtime: unless
/// Hangfire, which makes up for one missed hour too, was faster.
/// </summary>
internal sealed partial class FirstScan(
    JobSchedule schedule,
    ScanRuns runs,
    IDbContextFactory<AppDb> database,
    IOptions<NotifierOptions> options,
    TimeProvider clock,
    ILogger<FirstScan> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var startedAt = clock.GetUtcNow().UtcDateTime;
        try
        {
            await Task.Delay(options.Value.FirstScanDelay, clock, stoppingToken);
            if (await schedule.MendAsync(JobNames.ScanOverdue, stoppingToken) is ScheduleState.Stopped or ScheduleState.Paused)
            {
                return;
            }

            await using var db = await database.CreateDbContextAsync(stoppingToken);
            if (!await db.ScanRuns.AnyAsync(run => run.StartedAt >= startedAt, stoppingToken))
            {
                await runs.RequestAsync(ScanTrigger.Schedule, null, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
#pragma warning disable CA1031 // The watchdog looks in a moment, and asks again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The first scan could not be asked for; the watchdog does it")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
