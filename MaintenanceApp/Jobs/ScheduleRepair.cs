using Quartz;

namespace MaintenanceApp.Jobs;

/// <summary>How a job's schedule stands after a look.</summary>
public enum ScheduleState
{
    Fine,

    /// <summary>An administrator paused it.</summary>
    Paused,

    /// <summary>It would not have fired in time; it does now.</summary>
    Mended,

    /// <summary>The scheduler does not run in this process.</summary>
    Stopped,
}

/// <summary>Mends a schedule that would not fire: in error, or waiting for an instant that a wrong clock wrote.</summary>
public sealed partial class ScheduleRepair(ISchedulerFactory schedulers, TimeProvider clock, ILogger<ScheduleRepair> logger)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <param name="job">One of <see cref="JobNames"/>.</param>
    /// <param name="longest">The next time can never be further away.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public async Task<ScheduleState> MendAsync(string job, TimeSpan longest, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        if (scheduler.Status != SchedulerStatus.Running)
        {
            return ScheduleState.Stopped;
        }

        var key = new TriggerKey(job, JobControl.Group);
        var state = await scheduler.GetTriggerState(key, cancellationToken);
        if (state == TriggerState.Paused)
        {
            return ScheduleState.Paused;
        }

        if (state == TriggerState.Error)
        {
            LogMended(logger, job, "it was in error");
            await scheduler.ResetTriggerFromErrorState(key, cancellationToken);
            return ScheduleState.Mended;
        }

        var now = clock.GetUtcNow();
        var latest = now + longest + Tolerance;
        if (await scheduler.GetTrigger(key, cancellationToken) is not { } trigger || !(trigger.NextFireTimeUtc > latest))
        {
            return ScheduleState.Fine;
        }

        LogMended(logger, job, "it waited for an instant too far away");
        await scheduler.RescheduleJob(key, trigger.GetTriggerBuilder().StartAt(now).Build(), cancellationToken);
        return ScheduleState.Mended;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule of {Job} is mended: {Cause}")]
    private static partial void LogMended(ILogger logger, string job, string cause);
}
