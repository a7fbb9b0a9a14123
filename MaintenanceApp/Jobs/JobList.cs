using Hangfire;
using Hangfire.Common;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Jobs;

/// <summary>When a job runs by itself.</summary>
/// <param name="Job">One of <see cref="JobNames"/>.</param>
/// <param name="Cron">Five fields, or six that begin with seconds.</param>
/// <param name="Longest">The next time is never further away.</param>
/// <param name="Zone">In which the expression counts.</param>
public sealed record JobPlan(string Job, string Cron, TimeSpan Longest, TimeZoneInfo Zone);

/// <summary>Every job, what it runs and when, on one screen. Classes and methods are stored with each job: keep their names.</summary>
public sealed class JobList(IOptions<NotifierOptions> notifier, IOptions<SiteOptions> site)
{
    public static readonly IReadOnlyList<string> Names = [JobNames.ScanOverdue, JobNames.SendNotifications, JobNames.PurgeHistory];

    /// <summary>How often Hangfire looks whether a job's hour has come: each look writes a lock and takes it away again.</summary>
    public TimeSpan Polling => TimeSpan.FromSeconds(Math.Clamp(notifier.Value.ScanInterval.TotalSeconds / 20, 0.5, 15));

    /// <summary>The jobs that run by the clock; sending has no hour, it runs when something is due.</summary>
    public IReadOnlyList<JobPlan> Plans =>
    [
        new(JobNames.ScanOverdue, CronInterval.Of(notifier.Value.ScanInterval)!, notifier.Value.ScanInterval, TimeZoneInfo.Utc),
        new(JobNames.PurgeHistory, $"{PurgeHistory.RunsAt.Minute} {PurgeHistory.RunsAt.Hour} * * *", TimeSpan.FromHours(25), site.Value.GetTimeZone()),
    ];

    /// <summary>What Hangfire stores and calls.</summary>
    public static Job CallOf(string job, JobStart start) => job switch
    {
        JobNames.ScanOverdue => Job.FromExpression<ScanOverdueJob>(scan => scan.RunAsync(start)),
        JobNames.SendNotifications => Job.FromExpression<SendNotificationsJob>(send => send.RunAsync(start)),
        JobNames.PurgeHistory => Job.FromExpression<PurgeHistoryJob>(purge => purge.RunAsync(start)),
        _ => throw new ArgumentException($"There is no job {job}.", nameof(job)),
    };

    /// <summary>One of <see cref="JobNames"/>; null for a job of another version.</summary>
    public static string? NameOf(Job? job) => job?.Type switch
    {
        var type when type == typeof(ScanOverdueJob) => JobNames.ScanOverdue,
        var type when type == typeof(SendNotificationsJob) => JobNames.SendNotifications,
        var type when type == typeof(PurgeHistoryJob) => JobNames.PurgeHistory,
        _ => null,
    };
}

/// <summary>Hangfire's side of the scan. It may be started twice at any time: the runs join, and the outbox's index holds.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class ScanOverdueJob(ScanJob scan, JobPauses pauses, JobRuns runs, JobReports reports, IHostApplicationLifetime lifetime)
{
    public async Task<string> RunAsync(JobStart start) =>
        start == JobStart.Schedule && await pauses.OfAsync(JobNames.ScanOverdue, lifetime.ApplicationStopping) is { } pause
            ? reports.Of(pause)
            : await runs.RecordAsync(JobNames.ScanOverdue, start, async () =>
                reports.Of(await scan.RunAsync(onDemand: start != JobStart.Schedule, lifetime.ApplicationStopping)));
}

/// <summary>Hangfire's side of sending. A second one at the same time ends at once: one drain a process, one process a receiver.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class SendNotificationsJob(NotificationDispatcher dispatcher, JobRuns runs, JobReports reports, IHostApplicationLifetime lifetime)
{
    public Task<string> RunAsync(JobStart start) => runs.RecordAsync(JobNames.SendNotifications, start, async () =>
        reports.Of(await dispatcher.DrainAsync(lifetime.ApplicationStopping)));
}

/// <summary>Hangfire's side of the retention.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class PurgeHistoryJob(PurgeHistory purge, JobControl control, JobPauses pauses, JobRuns runs, JobReports reports, IHostApplicationLifetime lifetime)
{
    public async Task<string> RunAsync(JobStart start) =>
        start == JobStart.Schedule && await pauses.OfAsync(JobNames.PurgeHistory, lifetime.ApplicationStopping) is { } pause
            ? reports.Of(pause)
            : await runs.RecordAsync(JobNames.PurgeHistory, start, async () =>
            {
                var purged = await purge.ExecuteAsync(lifetime.ApplicationStopping);
                await control.ForgetOldFailuresAsync(lifetime.ApplicationStopping);
                return reports.Of(purged);
            });
}
