using System.Collections.Concurrent;
using System.Data.Common;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Live;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Starts runs of the scan. The recurring job, the cron route, the API, the button and the command line all come here;
/// asking while a run is under way joins it: the same id, and one more look for what has become overdue since.
/// </summary>
public sealed partial class ScanRuns(
    IDbContextFactory<AppDb> database,
    JobControl jobs,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    IOptionsMonitor<NotifierOptions> options,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<ScanRuns> logger)
{
    private const int MaxRaces = 10;

    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Lazy<Task>> watched = new();

    /// <summary>Queues a run, or joins the one under way, and starts the job.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> RequestAsync(ScanTrigger trigger, int? requestedBy, CancellationToken cancellationToken)
    {
        var (id, queued) = await QueueAsync(trigger, requestedBy, cancellationToken);
        var start = trigger == ScanTrigger.Schedule ? JobStart.Due : JobStart.OnDemand;
        if (queued && await jobs.StartAsync(JobNames.ScanOverdue, start, cancellationToken) == Enqueued.Failed)
        {
            _ = RunHereAsync();
        }

        live.Publish(new ScanChanged(id));
        return id;
    }

    /// <summary>A run in this very process, without asking the job: joins what is queued, else starts a new one.</summary>
    public async Task<string> BeginAsync(ScanTrigger trigger, CancellationToken cancellationToken)
    {
        await EndAbandonedAsync(cancellationToken);
        if (await TakeQueuedAsync(cancellationToken) is { } queued)
        {
            return queued;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var run = NewRun(trigger, null, ScanRunState.Running);
        run.StartedAt = run.RequestedAt;
        db.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        return run.Id;
    }

    /// <summary>Marks the queued run as running. Null when nothing is queued.</summary>
    public async Task<string?> TakeQueuedAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var id = await db.ScanRuns.Where(run => run.State == ScanRunState.Queued).Select(run => run.Id).FirstOrDefaultAsync(cancellationToken);
        return id is not null && await db.ScanRuns.Where(run => run.Id == id && run.State == ScanRunState.Queued)
            .ExecuteUpdateAsync(run => run.SetProperty(x => x.State, ScanRunState.Running).SetProperty(x => x.StartedAt, x => x.StartedAt ?? now), cancellationToken) == 1
            ? id
            : null;
    }

    /// <summary>Waits until the run has scanned and each of its notifications had its first attempt.</summary>
    /// <returns>False when that takes longer than <paramref name="patience"/>.</returns>
    public async Task<bool> WaitAsync(string id, TimeSpan patience, CancellationToken cancellationToken)
    {
        // Fifty callers of one run share one look at the database.
        var over = watched.GetOrAdd(id, run => new(() => WatchAsync(run))).Value;
        await Task.WhenAny(over, Task.Delay(patience, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return over.IsCompletedSuccessfully;
    }

    /// <summary>Hangfire's storage is broken, the alarm is not. Nobody awaits it: callers wait for the run's row.</summary>
    private async Task RunHereAsync()
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ScanJob>().RunAsync(onDemand: true, lifetime.ApplicationStopping);
        }
#pragma warning disable CA1031 // The run's row says what happened; the watchdog asks again.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>A process that was killed in mid-scan leaves a run that would be under way for ever.</summary>
    private async Task EndAbandonedAsync(CancellationToken cancellationToken)
    {
        var abandoned = clock.GetUtcNow().UtcDateTime - LongestWatch;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.ScanRuns.Where(run => run.State == ScanRunState.Running && run.StartedAt < abandoned)
            .ExecuteUpdateAsync(
                run => run.SetProperty(x => x.State, ScanRunState.Failed).SetProperty(x => x.Error, ScanRunError.ProcessStopped), cancellationToken);
    }

    private async Task WatchAsync(string id)
    {
        var started = clock.GetTimestamp();
        try
        {
            do
            {
                await using (var db = await database.CreateDbContextAsync())
                {
                    if (!await UnderWay(db).AnyAsync(run => run.Id == id))
                    {
                        return;
                    }
                }

                await Task.Delay(PollInterval, clock);
            }
            while (clock.GetElapsedTime(started) < LongestWatch);

            throw new TimeoutException($"Run {id} is still under way; nobody waits that long.");
        }
        finally
        {
            watched.TryRemove(id, out _);
        }
    }

    /// <summary>Runs that have not scanned yet, or whose notifications still wait for their first answer.</summary>
    private static IQueryable<ScanRun> UnderWay(AppDb db) => db.ScanRuns.Where(run =>
        run.State == ScanRunState.Queued
        || run.State == ScanRunState.Running
        || db.WebhookNotifications.Any(row => row.RunId == run.Id
            && ((row.Status == NotificationStatus.Pending && row.AttemptCount == 0 && row.AsideCount == 0) || (row.Status == NotificationStatus.Sending && row.AttemptCount == 1))));

    private async Task<(string Id, bool Queued)> QueueAsync(ScanTrigger trigger, int? requestedBy, CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);

            // A run older than the interval is stuck behind a receiver that does not answer, or was killed: start a new one.
            var oldest = clock.GetUtcNow().UtcDateTime - options.CurrentValue.ScanInterval;
            var current = await UnderWay(db)
                .Where(run => run.State == ScanRunState.Queued || run.RequestedAt > oldest)
                .OrderByDescending(run => run.RequestedAt)
                .Select(run => new { run.Id, run.State })
                .FirstOrDefaultAsync(cancellationToken);
            try
            {
                if (current is null)
                {
                    var run = NewRun(trigger, requestedBy, ScanRunState.Queued);
                    db.Add(run);
                    await db.SaveChangesAsync(cancellationToken);
                    return (run.Id, true);
                }

                if (current.State == ScanRunState.Queued)
                {
                    return (current.Id, false);
                }

                if (await db.ScanRuns.Where(run => run.Id == current.Id && run.State == current.State)
                    .ExecuteUpdateAsync(run => run.SetProperty(x => x.State, ScanRunState.Queued), cancellationToken) == 1)
                {
                    return (current.Id, true);
                }
            }
            catch (Exception exception) when (race < MaxRaces && exception is DbUpdateException or DbException)
            {
                // Somebody queued one in the same instant (unique index); join it.
            }
        }
    }

    private ScanRun NewRun(ScanTrigger trigger, int? requestedBy, ScanRunState state) => new()
    {
        Id = $"run_{Guid.CreateVersion7():N}",
        State = state,
        Trigger = trigger,
        RequestedBy = requestedBy,
        RequestedAt = clock.GetUtcNow().UtcDateTime,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The scan that Hangfire did not take failed here too")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
