using Hangfire;
using Hangfire.Storage;

namespace MaintenanceApp.Jobs;

/// <summary>How a job's schedule stands after a look.</summary>
public enum ScheduleState
{
    Fine,

    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>It would not have fired in time; it does now.</summary>
    Mended,

    /// <summary>Hangfire does not run in this process.</summary>
    Stopped,

    /// <summary>Hangfire's storage does not answer.</summary>
    Silent,
}

/// <summary>
/// Registers the recurring jobs, and again when they would not fire: missing, disabled by Hangfire after five failures in a
/// row, or waiting for an instant that a wrong clock wrote.
/// </summary>
public sealed partial class JobSchedule(JobList jobs, JobServer server, JobStorage storage, Lazy<IRecurringJobManager> recurring, JobPauses pauses, ILogger<JobSchedule> logger)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>A look at a storage that somebody has locked does not keep the watchdog from its own work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="job">One of <see cref="JobNames"/>.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public async Task<ScheduleState> MendAsync(string job, CancellationToken cancellationToken)
    {
        if (!server.IsRunning)
        {
            return ScheduleState.Stopped;
        }

        if (await pauses.OfAsync(job, cancellationToken) is not null)
        {
            return ScheduleState.Paused;
        }

        try
        {
            return await Task.Run(() => Mend(jobs.Plans.Single(plan => plan.Job == job)), cancellationToken).WaitAsync(Patience, cancellationToken);
        }
#pragma warning disable CA1031 // Locked, gone, damaged, full: the watchdog works without Hangfire then.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogSilent(logger, job, exception);
            return ScheduleState.Silent;
        }
    }

    private ScheduleState Mend(JobPlan plan)
    {
        // Hangfire asks the system's clock, whatever the application's own says.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        using var connection = storage.GetConnection();
        var registered = connection.GetRecurringJobs([plan.Job]).SingleOrDefault(known => !known.Removed);
        var cause = registered switch
        {
            null => "it was not registered",
            { Error: { } error } when !string.IsNullOrEmpty(error) => "Hangfire could not schedule it",
            { NextExecution: null } => "Hangfire had disabled it",
            { NextExecution: { } next } when next > now + plan.Longest + Tolerance => "it waited for an instant too far away",
            { NextExecution: { } next } when next < now - plan.Longest - Tolerance => "its hour had passed long ago",
            { LoadException: not null } => "it named a job that does not exist",
            _ when registered.Cron != plan.Cron || registered.TimeZoneId != plan.Zone.Id => "its hours changed",
            _ => null,
        };
        if (cause is null)
        {
            return ScheduleState.Fine;
        }

        // Hangfire counts on from what it knows; after a wrong clock that is the fault.
        recurring.Value.RemoveIfExists(plan.Job);
        recurring.Value.AddOrUpdate(plan.Job, JobList.CallOf(plan.Job, JobStart.Schedule), plan.Cron, new RecurringJobOptions
        {
            TimeZone = plan.Zone,

            // One catch-up after a time without us, not one for every hour missed.
            MisfireHandling = MisfireHandlingMode.Relaxed,
        });
        if (registered is not null)
        {
            LogMended(logger, plan.Job, cause);
        }

        return ScheduleState.Mended;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule of {Job} is registered again: {Cause}")]
    private static partial void LogMended(ILogger logger, string job, string cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hangfire's storage does not say whether {Job} is on the schedule")]
    private static partial void LogSilent(ILogger logger, string job, Exception exception);
}
