using Hangfire;
using Hangfire.States;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Jobs;

/// <summary>What became of the wish to run a job.</summary>
public enum Enqueued
{
    /// <summary>Hangfire has it.</summary>
    Yes,

    /// <summary>No server of Hangfire runs in this process: a command, or a test.</summary>
    NoServer,

    /// <summary>Hangfire's storage does not take it: whoever asked does the work without.</summary>
    Failed,
}

/// <summary>Starts, pauses and resumes jobs by name (<see cref="JobNames"/>). A pause survives a restart.</summary>
public sealed partial class JobControl(
    JobServer server,
    JobStore store,
    Lazy<IBackgroundJobClient> client,
    JobStorage storage,
    IDbContextFactory<AppDb> database,
    LiveUpdates live,
    ILogger<JobControl> logger)
{
    /// <summary>A caller waits no longer for a job file that somebody else has locked.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private bool isServedElsewhere;

    /// <summary>Another process runs Hangfire on the same storage, which only PostgreSQL allows: from now on what is started here runs there.</summary>
    public async Task<bool> IsServedElsewhereAsync(CancellationToken cancellationToken)
    {
        if (store.File is null)
        {
            var since = TimeProvider.System.GetUtcNow().UtcDateTime - JobServer.Timeout;
            isServedElsewhere = await Task.Run(() => storage.GetMonitoringApi().Servers().Any(other => other.Heartbeat > since), cancellationToken);
        }

        return isServedElsewhere;
    }

    /// <summary>Queues one execution; works while the job is paused too. Never throws: see the answer.</summary>
    public async Task<Enqueued> StartAsync(string job, JobStart start, CancellationToken cancellationToken)
    {
        if (!server.IsRunning && !isServedElsewhere)
        {
            return Enqueued.NoServer;
        }

        try
        {
            // Hangfire's client has no asynchronous calls. One that comes through after all is one execution too many, and harmless.
            await Task.Run(() => client.Value.Create(JobList.CallOf(job, start), new EnqueuedState()), cancellationToken)
                .WaitAsync(Patience, cancellationToken);
            live.Publish(new JobChanged());
            return Enqueued.Yes;
        }
#pragma warning disable CA1031 // Whatever is wrong with Hangfire's storage, the caller has a way without it.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(logger, job, exception);
            return Enqueued.Failed;
        }
    }

    /// <summary>Hangfire forgets jobs that succeeded by itself, never those that failed: the newest hundred stay.</summary>
    public async Task ForgetOldFailuresAsync(CancellationToken cancellationToken)
    {
        const int Kept = 100;
        const int AtOnce = 500;
        await Task.Run(
            () =>
            {
                foreach (var (id, _) in storage.GetMonitoringApi().FailedJobs(Kept, AtOnce))
                {
                    client.Value.ChangeState(id, new DeletedState { Reason = "Older than the newest hundred" }, FailedState.StateName);
                }
            },
            cancellationToken);
    }

    /// <param name="pause">Who, when, why and until when.</param>
    /// <param name="cancellationToken">Nothing is paused then.</param>
    public async Task PauseAsync(JobPause pause, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.JobPauses.Where(row => row.Job == pause.Job).ExecuteDeleteAsync(cancellationToken);
        db.Add(pause);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish(new JobChanged());
    }

    public async Task ResumeAsync(string job, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.JobPauses.Where(row => row.Job == job).ExecuteDeleteAsync(cancellationToken);
        live.Publish(new JobChanged());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hangfire does not take {Job}; it is done without")]
    private static partial void LogFailed(ILogger logger, string job, Exception exception);
}
