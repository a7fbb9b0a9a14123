using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Looks once a minute of real time whether the scans go on. A schedule that waits for an hour far away (the clock was set
/// back) or that is in error is mended; when no scan has finished for two intervals it asks for one, and when that does
/// not help after one more, it scans itself.
/// </summary>
public sealed partial class ScanWatchdog(
    ClockWatch watch,
    ScheduleRepair schedule,
    ScanSilence silence,
    ScanRuns runs,
    IServiceScopeFactory scopes,
    IOptionsMonitor<NotifierOptions> options,
    TimeProvider clock,
    ILogger<ScanWatchdog> logger) : BackgroundService
{
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private long? askedAt;

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await watch.CheckAsync(cancellationToken);
        var interval = options.CurrentValue.ScanInterval;
        var age = await silence.ReadAsync(cancellationToken);
        if (await schedule.MendAsync(JobNames.ScanOverdue, interval, cancellationToken) is ScheduleState.Paused)
        {
            return;
        }

        var patience = 2 * interval > Look ? 2 * interval : Look;
        if (age.Counted <= patience)
        {
            askedAt = null;
        }
        else if (askedAt is not { } asked)
        {
            askedAt = clock.GetTimestamp();
            LogSilent(logger, age.Counted);
            await runs.RequestAsync(ScanTrigger.Schedule, null, cancellationToken);
        }
        else if (clock.GetElapsedTime(asked) > interval)
        {
            askedAt = clock.GetTimestamp();
            LogScanning(logger, age.Counted);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ScanJob>().RunAsync(onDemand: false, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever happens, it looks again in a minute.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailed(logger, exception);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No scan has finished for {Silence}; asking for one")]
    private static partial void LogSilent(ILogger logger, TimeSpan silence);

    [LoggerMessage(Level = LogLevel.Error, Message = "No scan has finished for {Silence}, and the scheduler does not run the one asked for; scanning without it")]
    private static partial void LogScanning(ILogger logger, TimeSpan silence);

    [LoggerMessage(Level = LogLevel.Error, Message = "The watchdog of the scan failed; it looks again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
