using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Jobs;

/// <summary>What an execution did.</summary>
/// <param name="Words">In the site's language, for Hangfire's dashboard. Never a secret or a URL.</param>
/// <param name="Counts">For the history; none: nothing was there to do, and the history need not say so.</param>
/// <param name="Result">How it ended.</param>
public sealed record JobReport(string Words, IReadOnlyDictionary<string, int> Counts, JobResult Result = JobResult.Succeeded);

/// <summary>Runs the body of a job and keeps its history (<see cref="JobRun"/>). Exceptions leave it, so that Hangfire shows them.</summary>
public sealed partial class JobRuns(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock, ILogger<JobRuns> logger)
{
    /// <returns>The words that Hangfire keeps as the result.</returns>
    public async Task<string> RecordAsync(string job, JobStart start, Func<Task<JobReport>> body)
    {
        var startedAt = clock.GetUtcNow().UtcDateTime;
        var counter = clock.GetTimestamp();
        live.Publish(new JobChanged());
        try
        {
            var report = await body();
            if (report.Counts.Count > 0 || report.Result != JobResult.Succeeded)
            {
                await KeepAsync(job, start, startedAt, counter, report.Result, report.Counts, null);
            }

            return report.Words;
        }
        catch (OperationCanceledException)
        {
            await KeepAsync(job, start, startedAt, counter, JobResult.Cancelled, new Dictionary<string, int>(), null);
            throw;
        }
        catch (Exception exception)
        {
            await KeepAsync(job, start, startedAt, counter, JobResult.Failed, new Dictionary<string, int>(), exception.GetBaseException().Message);
            throw;
        }
        finally
        {
            live.Publish(new JobChanged());
        }
    }

    /// <summary>Never throws: the work is done, whatever becomes of its row.</summary>
    private async Task KeepAsync(string job, JobStart start, DateTime startedAt, long counter, JobResult result, IReadOnlyDictionary<string, int> counts, string? error)
    {
        try
        {
            await using var db = await database.CreateDbContextAsync();
            db.Add(new JobRun
            {
                Job = job,
                StartedAt = startedAt,
                FinishedAt = startedAt + clock.GetElapsedTime(counter),
                Result = result,
                IsOnDemand = start == JobStart.OnDemand,
                Counts = JobRun.Write(counts),
                Error = error?[..Math.Min(error.Length, JobRun.ErrorMaxLength)],
            });
            await db.SaveChangesAsync();
        }
#pragma warning disable CA1031 // Most often the database, and then it is what made the job fail too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotKept(logger, job, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The execution of {Job} could not be written to the history")]
    private static partial void LogNotKept(ILogger logger, string job, Exception exception);
}
