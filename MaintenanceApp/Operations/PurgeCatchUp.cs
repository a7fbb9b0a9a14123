using MaintenanceApp.Jobs;

namespace MaintenanceApp.Operations;

/// <summary>
/// A machine that is off at night would never purge: five minutes after the start and then every hour, this starts
/// the purge when none has ended well for a day. Also puts it on the schedule and keeps it there, see <see cref="JobSchedule"/>.
/// </summary>
internal sealed partial class PurgeCatchUp(JobQueries queries, JobControl jobs, JobSchedule schedule, TimeProvider clock, ILogger<PurgeCatchUp> logger) : BackgroundService
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TryMendAsync(stoppingToken);
            for (var pause = FirstLook; ; pause = Every)
            {
                await Task.Delay(pause, clock, stoppingToken);
                await TryLookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>Never throws; <see cref="ScheduleState"/> of the purge, silent when the look failed.</summary>
    private async Task<ScheduleState> TryMendAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await schedule.MendAsync(JobNames.PurgeHistory, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever happens, it looks again in an hour.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
            return ScheduleState.Silent;
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await TryMendAsync(cancellationToken) is not (ScheduleState.Fine or ScheduleState.Mended))
            {
                return;
            }

            var now = clock.GetUtcNow().UtcDateTime;
            var job = (await queries.ListAsync(cancellationToken)).SingleOrDefault(state => state.Name == JobNames.PurgeHistory);
            if (job is { IsRunning: false } && !job.Last.Any(run => run.Result == JobResult.Succeeded && run.StartedAt > now - Day))
            {
                await jobs.StartAsync(JobNames.PurgeHistory, JobStart.Due, cancellationToken);
            }
        }
#pragma warning disable CA1031 // Whatever happens, it looks again in an hour.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether the history was purged could not be seen; looking again in an hour")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
