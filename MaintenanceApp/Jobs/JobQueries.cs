using System.Text.Json.Nodes;
using Quartz;
using Quartz.Extensibility;

namespace MaintenanceApp.Jobs;

/// <summary>How one execution of a job ended.</summary>
public enum JobResult
{
    Succeeded,
    Failed,
    Cancelled,
    Skipped,
}

/// <summary>One job as it stands. Instants are UTC.</summary>
/// <param name="Name">One of <see cref="JobNames"/>.</param>
/// <param name="Every">The interval; null for a job that runs at given times.</param>
/// <param name="Cron">The times, as a Quartz cron expression; null for an interval.</param>
/// <param name="IsPaused">Nothing starts by itself; running on demand still works.</param>
/// <param name="IsRunning">An execution is under way, here or on another node.</param>
/// <param name="NextAt">Null while paused.</param>
/// <param name="Last">The latest executions, newest first, at most <see cref="JobQueries.RecentRuns"/>.</param>
public sealed record JobState(
    string Name, TimeSpan? Every, string? Cron, bool IsPaused, bool IsRunning, DateTime? NextAt, IReadOnlyList<JobExecution> Last);

/// <summary>One execution of a job, kept over restarts. Instants are UTC.</summary>
/// <param name="Id">In the history.</param>
/// <param name="Job">One of <see cref="JobNames"/>.</param>
/// <param name="At">When it started.</param>
/// <param name="Duration">Until it ended.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Summary">What the job reported.</param>
/// <param name="Error">The exception's message.</param>
/// <param name="IsOnDemand">Not started by its schedule.</param>
/// <param name="Counts">What it counted, by name; empty when it counted nothing.</param>
public sealed record JobExecution(
    string Id, string Job, DateTime At, TimeSpan Duration, JobResult Result, string? Summary, string? Error, bool IsOnDemand, IReadOnlyDictionary<string, int> Counts);

/// <param name="Rows">Newest first.</param>
/// <param name="Total">Of all pages.</param>
public sealed record JobExecutions(IReadOnlyList<JobExecution> Rows, int Total);

/// <summary>Reads jobs and their history from the scheduler's tables. The only place that knows their types.</summary>
public sealed class JobQueries(ISchedulerFactory schedulers, IExecutionHistoryStore history)
{
    public const int RecentRuns = 12;
    public const string BodiesCount = "bodies";
    public const string RowsCount = "rows";
    public const string TicketsCount = "tickets";
    public const string FilesCount = "files";

    private const int MostJobs = 100;

    /// <summary>Every job of the schedule, by name.</summary>
    /// <exception cref="SchedulerUnavailableException">The scheduler or its tables do not answer.</exception>
    public async Task<IReadOnlyList<JobState>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StatesAsync(cancellationToken);
        }
        catch (SchedulerException exception)
        {
            throw new SchedulerUnavailableException(exception);
        }
    }

    /// <param name="page">From 1.</param>
    /// <param name="pageSize">Rows.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="SchedulerUnavailableException">The scheduler or its tables do not answer.</exception>
    public async Task<JobExecutions> HistoryAsync(int page, int pageSize, CancellationToken cancellationToken)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            return await ExecutionsAsync(scheduler.SchedulerName, null, (page - 1) * pageSize, pageSize, cancellationToken);
        }
        catch (SchedulerException exception)
        {
            throw new SchedulerUnavailableException(exception);
        }
    }

    private async Task<IReadOnlyList<JobState>> StatesAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var jobs = await scheduler.QueryJobs(new JobQuery { Take = MostJobs }, cancellationToken);
        var running = await scheduler.QueryFireInstances(new FireInstanceQuery(), cancellationToken);
        var states = new List<JobState>();
        foreach (var key in jobs.Items.Select(job => job.Key).OrderBy(key => key.Name, StringComparer.Ordinal))
        {
            var triggers = await scheduler.QueryTriggers(new TriggerQuery { Job = key, Take = MostJobs }, cancellationToken);
            var scheduled = triggers.Items.FirstOrDefault(trigger => trigger.Key.Name == key.Name);
            var trigger = scheduled is null ? null : await scheduler.GetTrigger(scheduled.Key, cancellationToken);
            var isPaused = scheduled?.State == TriggerState.Paused;
            var last = await ExecutionsAsync(scheduler.SchedulerName, key, 0, RecentRuns, cancellationToken);
            states.Add(new JobState(
                key.Name,
                (trigger as ISimpleTrigger)?.RepeatInterval,
                (trigger as ICronTrigger)?.CronExpressionString,
                isPaused,
                running.Items.Any(instance => key.Equals(instance.JobKey)),
                isPaused ? null : scheduled?.NextFireTimeUtc?.UtcDateTime,
                last.Rows));
        }

        return states;
    }

    private async Task<JobExecutions> ExecutionsAsync(string scheduler, JobKey? job, int skip, int take, CancellationToken cancellationToken)
    {
        var found = await history.QueryExecutions(
            new ExecutionHistoryQuery { SchedulerName = scheduler, Job = job, Skip = skip, Take = take, IncludeTotalCount = true }, cancellationToken);
        return new(
            [
                .. found.Items.Select(entry => new JobExecution(
                    entry.EntryId ?? "",
                    entry.JobName,
                    entry.FiredAtUtc.UtcDateTime,
                    entry.Duration,
                    entry.EffectiveResult switch
                    {
                        JobRunResult.Succeeded => JobResult.Succeeded,
                        JobRunResult.Cancelled => JobResult.Cancelled,
                        JobRunResult.Skipped => JobResult.Skipped,
                        _ => JobResult.Failed,
                    },
                    entry.Summary,
                    entry.ExceptionMessage,
                    entry.Manual,
                    CountsOf(entry.MetricsJson))),
            ],
            found.TotalCount ?? found.Items.Count);
    }

    private static Dictionary<string, int> CountsOf(string? json) => json is null
        ? []
        : JsonNode.Parse(json)!.AsObject()
            .Where(count => count.Value is JsonValue value && value.TryGetValue<int>(out _))
            .ToDictionary(count => count.Key, count => count.Value!.GetValue<int>());
}

/// <summary>The scheduler does not answer; the pages say so instead of failing.</summary>
public sealed class SchedulerUnavailableException(Exception inner) : Exception(inner.Message, inner);
