using MaintenanceApp.Live;
using Quartz;

namespace MaintenanceApp.Jobs;

/// <summary>Starts, pauses and resumes jobs by name (<see cref="JobNames"/>). A pause survives a restart.</summary>
public sealed class JobControl(ISchedulerFactory schedulers, LiveUpdates live)
{
    internal const string OnDemand = "on_demand";
    internal const string Group = "maintenance";

    /// <summary>Queues one execution; works while the job is paused too.</summary>
    public async Task StartNowAsync(string job, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(KeyOf(job), new JobDataMap { [OnDemand] = bool.TrueString }, cancellationToken);
        live.Publish(new JobChanged());
    }

    public async Task PauseAsync(string job, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.PauseJob(KeyOf(job), cancellationToken);
        live.Publish(new JobChanged());
    }

    public async Task ResumeAsync(string job, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.ResumeJob(KeyOf(job), cancellationToken);
        live.Publish(new JobChanged());
    }

    internal static JobKey KeyOf(string job) => new(job, Group);
}

/// <summary>The names of the jobs, as stored in the database and shown on the operations page.</summary>
public static class JobNames
{
    public const string ScanOverdue = "scan-overdue";
    public const string PurgeHistory = "purge-history";
}
