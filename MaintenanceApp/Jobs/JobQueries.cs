using Hangfire;
using Hangfire.Storage;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Jobs;

/// <summary>One job as it stands. Instants are UTC.</summary>
/// <param name="Name">One of <see cref="JobNames"/>.</param>
/// <param name="Cron">When it runs; null for a job that runs when something is due.</param>
/// <param name="Pause">Who paused it; null while it runs by itself.</param>
/// <param name="IsRunning">An execution is under way, here or on another node.</param>
/// <param name="NextAt">Null while paused, and for a job without hours; never in the past.</param>
/// <param name="Last">The latest executions, newest first, at most <see cref="JobQueries.RecentRuns"/>.</param>
public sealed record JobState(string Name, string? Cron, JobPause? Pause, bool IsRunning, DateTime? NextAt, IReadOnlyList<JobRun> Last);

/// <param name="Rows">Newest first.</param>
/// <param name="Total">Of all pages.</param>
public sealed record JobExecutions(IReadOnlyList<JobRun> Rows, int Total);

/// <summary>Reads jobs from Hangfire and their history from our own table.</summary>
public sealed partial class JobQueries(JobList jobs, JobStorage storage, IDbContextFactory<AppDb> database, JobPauses jobPauses, TimeProvider clock, ILogger<JobQueries> logger)
{
    public const int RecentRuns = 12;

    private const int MostRunning = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Every job. What Hangfire cannot say now is left out: its storage may be away while the jobs go on without it.</summary>
    public async Task<IReadOnlyList<JobState>> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (next, running) = await FromHangfireAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var pauses = await jobPauses.AllAsync(cancellationToken);
        var states = new List<JobState>();
        foreach (var name in JobList.Names)
        {
            var last = await db.JobRuns.AsNoTracking().Where(run => run.Job == name)
                .OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(RecentRuns).ToListAsync(cancellationToken);
            var pause = pauses.SingleOrDefault(row => row.Job == name);
            var plan = jobs.Plans.SingleOrDefault(plan => plan.Job == name);
            states.Add(new(name, plan?.Cron, pause, running.Contains(name), pause is null && plan is not null ? Later(next.GetValueOrDefault(name), now) : null, last));
        }

        return states;
    }

    /// <param name="page">From 1.</param>
    /// <param name="pageSize">Rows.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<JobExecutions> HistoryAsync(int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.JobRuns.AsNoTracking().OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id)
            .Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellationToken);
        return new(rows, await db.JobRuns.CountAsync(cancellationToken));
    }

    /// <summary>An hour that has come and whose job has not started yet is now.</summary>
    private static DateTime? Later(DateTime? next, DateTime now) => next < now ? now : next;

    private async Task<(IReadOnlyDictionary<string, DateTime?> Next, IReadOnlySet<string> Running)> FromHangfireAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(Read, cancellationToken).WaitAsync(Patience, cancellationToken);
        }
#pragma warning disable CA1031 // Locked, gone, damaged, full: the page shows the rest.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogSilent(logger, exception);
            return (new Dictionary<string, DateTime?>(), new HashSet<string>());
        }

        (IReadOnlyDictionary<string, DateTime?>, IReadOnlySet<string>) Read()
        {
            using var connection = storage.GetReadOnlyConnection();
            var next = connection.GetRecurringJobs().ToDictionary(job => job.Id, job => job.NextExecution is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc) : (DateTime?)null);
            var running = storage.GetMonitoringApi().ProcessingJobs(0, MostRunning)
                .Select(job => JobList.NameOf(job.Value?.Job)).OfType<string>().ToHashSet();
            return (next, running);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hangfire's storage does not say when the jobs run next")]
    private static partial void LogSilent(ILogger logger, Exception exception);
}
