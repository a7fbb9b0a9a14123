using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations;

/// <param name="Bodies">Attempts and notifications whose bodies and headers were emptied.</param>
/// <param name="Rows">Rows deleted, attempts included.</param>
/// <param name="Tickets">Of the trash, deleted with all they had.</param>
/// <param name="Files">Of those tickets, taken off others, or named by no ticket.</param>
public sealed record Purged(int Bodies, int Rows, int Tickets = 0, int Files = 0);

/// <summary>
/// Applies <see cref="RetentionOptions"/>. Small transactions with pauses as long as themselves, so that a scan waits for
/// one at most; interrupted, it continues next time where it was. Tickets outside the trash and their notifications that are
/// not ended are never touched, whatever their age.
/// </summary>
public sealed class PurgeHistory(
    IDbContextFactory<AppDb> database, TicketEraser eraser, PurgeTicketFiles ticketFiles, ClockGuard guard, IOptionsMonitor<RetentionOptions> options, TimeProvider clock)
{
    /// <summary>Every night at the site, at a time that exists on both daylight-saving nights.</summary>
    public static readonly TimeOnly RunsAt = new(3, 10);

    private const int Bodies = 500;

    /// <summary>Each brings its attempts, up to eight.</summary>
    private const int Notifications = 200;

    /// <summary>Between the bytes of a file and its row lies one save; after a day nobody is coming for them.</summary>
    private static readonly TimeSpan OrphansAfter = TimeSpan.FromDays(1);

    private static readonly Expression<Func<WebhookNotification, bool>> IsEnded = row =>
        row.Status == NotificationStatus.Delivered || row.Status == NotificationStatus.Dead || row.Status == NotificationStatus.Cancelled;

    private static readonly Expression<Func<WebhookAttempt, bool>> HasBodies = attempt =>
        attempt.RequestHeaders != null || attempt.RequestBody != null || attempt.ResponseHeaders != null || attempt.ResponseBody != null;

    /// <returns>Null when nothing was done, because the clock has just been set forward by more than a day: see <see cref="ClockGuard.IsDoubtful"/>.</returns>
    public async Task<Purged?> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (guard.IsDoubtful)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var (bodies, rows) = (now - options.CurrentValue.Bodies, now - options.CurrentValue.Rows);

        // Rows first: what goes altogether need not be emptied.
        var deleted = await InBatchesAsync((db, after) => DeleteNotificationsAsync(db, rows, after, cancellationToken), cancellationToken)
            + await InBatchesAsync((db, after) => DeleteRunsAsync(db, rows, after, cancellationToken), cancellationToken)
            + await DeleteRestAsync(now, rows, cancellationToken);
        var emptied = await InBatchesAsync((db, after) => EmptyAttemptsAsync(db, bodies, after, cancellationToken), cancellationToken)
            + await InBatchesAsync((db, after) => EmptyNotificationsAsync(db, bodies, after, cancellationToken), cancellationToken);

        // Last: a disk that does not let go of its files keeps nothing else from being purged.
        var trash = now - options.CurrentValue.Trash;
        var erased = await eraser.EraseAsync(ticket => ticket.DeletedAt < trash, null, cancellationToken);
        var files = erased.Sum(ticket => ticket.Files)
            + await ticketFiles.RemovedBeforeAsync(trash, cancellationToken)
            + await ticketFiles.OrphansAsync(now - OrphansAfter, cancellationToken);
        return new(emptied, deleted, erased.Count, files);
    }

    private static async Task<Batch> EmptyAttemptsAsync(AppDb db, DateTime before, int after, CancellationToken cancellationToken)
    {
        if (await WindowAsync(db.WebhookAttempts.Select(attempt => attempt.Id), after, Bodies, cancellationToken) is not var (first, last))
        {
            return Batch.Empty;
        }

        var done = await db.WebhookAttempts.Where(attempt => attempt.Id >= first && attempt.Id <= last && attempt.StartedAt < before)
            .Where(HasBodies)
            .Where(attempt => db.WebhookNotifications.Where(IsEnded).Any(row => row.Id == attempt.NotificationId))
            .ExecuteUpdateAsync(
                attempt => attempt
                    .SetProperty(x => x.RequestHeaders, (string?)null).SetProperty(x => x.RequestBody, (string?)null)
                    .SetProperty(x => x.ResponseHeaders, (string?)null).SetProperty(x => x.ResponseBody, (string?)null),
                cancellationToken);
        return new(done, last, HasMore: true);
    }

    private static async Task<Batch> EmptyNotificationsAsync(AppDb db, DateTime before, int after, CancellationToken cancellationToken)
    {
        if (await WindowAsync(db.WebhookNotifications.Select(row => row.Id), after, Bodies, cancellationToken) is not var (first, last))
        {
            return Batch.Empty;
        }

        var done = await Ended(db, before).Where(row => row.Id >= first && row.Id <= last && row.ResponseBody != null)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.ResponseBody, (string?)null), cancellationToken);
        return new(done, last, HasMore: true);
    }

    private static async Task<Batch> DeleteNotificationsAsync(AppDb db, DateTime before, int after, CancellationToken cancellationToken)
    {
        if (await WindowAsync(db.WebhookNotifications.Select(row => row.Id), after, Notifications, cancellationToken) is not var (first, last))
        {
            return Batch.Empty;
        }

        var old = Ended(db, before).Where(row => row.Id >= first && row.Id <= last);
        if (!await old.AnyAsync(cancellationToken))
        {
            return new(0, last, HasMore: true);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var done = await db.WebhookAttempts
            .Where(attempt => attempt.NotificationId >= first && attempt.NotificationId <= last && old.Any(row => row.Id == attempt.NotificationId))
            .ExecuteDeleteAsync(cancellationToken);
        done += await old.ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(done, last, HasMore: true);
    }

    /// <summary>Walks the primary key from end to end: an index of dates would be sorted anew for every batch.</summary>
    private static async Task<(int First, int Last)?> WindowAsync(IQueryable<int> ids, int after, int size, CancellationToken cancellationToken)
    {
        var window = await ids.Where(id => id > after).OrderBy(id => id).Take(size).ToListAsync(cancellationToken);
        return window is [] ? null : (window[0], window[^1]);
    }

    /// <summary>Runs without notifications left; the last finished one is the proof of life and stays.</summary>
    private static async Task<Batch> DeleteRunsAsync(AppDb db, DateTime before, int after, CancellationToken cancellationToken)
    {
        var proof = await db.ScanRuns.Where(run => run.State == ScanRunState.Finished)
            .OrderByDescending(run => run.FinishedAt).Select(run => run.Id).FirstOrDefaultAsync(cancellationToken);
        var ids = await db.ScanRuns
            .Where(run => run.RequestedAt < before && run.State != ScanRunState.Queued && run.Id != proof && !db.WebhookNotifications.Any(row => row.RunId == run.Id))
            .OrderBy(run => run.RequestedAt).Take(Bodies).Select(run => run.Id).ToListAsync(cancellationToken);
        var done = ids.Count == 0 ? 0 : await db.ScanRuns.Where(run => ids.Contains(run.Id)).ExecuteDeleteAsync(cancellationToken);
        return new(done, after, ids.Count == Bodies);
    }

    /// <summary>By both instants, because one of them may have been written by a wrong clock.</summary>
    private static IQueryable<WebhookNotification> Ended(AppDb db, DateTime before) =>
        db.WebhookNotifications.Where(IsEnded).Where(row => row.CreatedAt < before && (row.SentAt == null || row.SentAt < before));

    /// <summary>Few rows by nature.</summary>
    private async Task<int> DeleteRestAsync(DateTime now, DateTime before, CancellationToken cancellationToken)
    {
        var executions = now - JobRun.Kept;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AdminNotices.Where(notice => notice.ReadAt != null && notice.LastAt < before).ExecuteDeleteAsync(cancellationToken)
            + await db.JobRuns.Where(run => run.StartedAt < executions).ExecuteDeleteAsync(cancellationToken)
            + await db.AuditLog.Where(entry => entry.At < before).ExecuteDeleteAsync(cancellationToken)
            + await db.StoredSecrets.Where(secret => secret.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<int> InBatchesAsync(Func<AppDb, int, Task<Batch>> step, CancellationToken cancellationToken)
    {
        var (total, after) = (0, 0);
        while (true)
        {
            var started = clock.GetTimestamp();
            Batch batch;
            await using (var db = await database.CreateDbContextAsync(cancellationToken))
            {
                batch = await step(db, after);
            }

            (total, after) = (total + batch.Done, batch.Last);
            if (!batch.HasMore)
            {
                return total;
            }

            if (batch.Done > 0)
            {
                await BatchPause.AfterAsync(clock, started, cancellationToken);
            }
        }
    }

    /// <param name="Done">Rows changed.</param>
    /// <param name="Last">Where the next batch begins.</param>
    /// <param name="HasMore">The end is not reached.</param>
    private sealed record Batch(int Done, int Last, bool HasMore)
    {
        public static readonly Batch Empty = new(0, 0, false);
    }
}
