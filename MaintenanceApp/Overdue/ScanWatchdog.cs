using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Looks all the time, in real time, whether the scans go on, whatever becomes of Hangfire and its storage. A schedule that
/// would not fire is registered again; when a scan is overdue it asks for one, and when that does not help it scans itself:
/// the next scan begins within two intervals of the last (from intervals of ten seconds on).
/// </summary>
public sealed partial class ScanWatchdog(
    ClockWatch watch,
    JobSchedule schedule,
    JobServer server,
    JobStore store,
    ScanSilence silence,
    ScanRuns runs,
    AdminNotices notices,
    IServiceScopeFactory scopes,
    IOptionsMonitor<NotifierOptions> options,
    TimeProvider clock,
    ILogger<ScanWatchdog> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Since when a scan is asked for; null: none is missing.</summary>
    private long? askedAt;

    private bool isFaultTold;

    private TimeSpan Interval => options.CurrentValue.ScanInterval;

    /// <summary>Between two looks: short enough for both steps within two intervals.</summary>
    private TimeSpan Pause => TimeSpan.FromTicks(Math.Clamp((Interval / 5).Ticks, ShortestPause.Ticks, LongestPause.Ticks));

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await watch.CheckAsync(cancellationToken);
        await TellAsync(cancellationToken);
        var age = await silence.ReadAsync(cancellationToken);
        if (await schedule.MendAsync(JobNames.ScanOverdue, cancellationToken) is ScheduleState.Paused)
        {
            return;
        }

        if (age.Counted <= Interval + Pause)
        {
            askedAt = null;
        }
        else if (askedAt is null)
        {
            askedAt = clock.GetTimestamp();
            LogSilent(logger, age.Counted);
            await runs.RequestAsync(ScanTrigger.Schedule, null, cancellationToken);
        }
        else if (clock.GetElapsedTime(askedAt.Value) > Pause)
        {
            // It stays asked for: while Hangfire does not run the scans, each look runs the one that is due.
            LogScanning(logger, age.Counted);
            await notices.CountAsync(NoticeKind.JobsSteppedAround, null, cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ScanJob>().RunAsync(onDemand: false, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await NextAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever happens, it looks again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailed(logger, exception);
            }
        }
    }

    private async Task<bool> NextAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(Pause, clock, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>What was wrong with the jobs' file, at the start or now; it is mended where it can be.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        if (await server.RestartIfBrokenAsync(cancellationToken))
        {
            isFaultTold = false;
        }

        if (isFaultTold || !server.IsRunning)
        {
            return;
        }

        if (store.Fault is not JobStoreFault.None)
        {
            await notices.CountAsync(store.Fault is JobStoreFault.InMemory ? NoticeKind.JobsInMemory : NoticeKind.JobsReplaced, null, cancellationToken);
        }

        isFaultTold = true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No scan has finished for {Silence}; asking for one")]
    private static partial void LogSilent(ILogger logger, TimeSpan silence);

    [LoggerMessage(Level = LogLevel.Error, Message = "No scan has finished for {Silence}, and Hangfire does not run the one asked for; scanning without it")]
    private static partial void LogScanning(ILogger logger, TimeSpan silence);

    [LoggerMessage(Level = LogLevel.Error, Message = "The watchdog of the scan failed; it looks again in a moment")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
