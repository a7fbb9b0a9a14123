using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Keeps the notifier's promises in real time when the calendar moves. After a known step every live instant moves with
/// the calendar: a ticket that was sent a minute ago stays sent a minute ago, a retry due in thirty seconds stays due in
/// thirty seconds. Without a known step, what lies in an impossible future comes back: stamps of the past to now, so that
/// they silence for <c>RepeatAfter</c> from now at most; deadlines to now, or to the longest they can be.
/// <c>webhook_attempts.started_at</c> is never changed: it stays as evidence of what the clock said. Dates that people
/// chose (planning, snooze) are theirs. Processes on one database are expected to have synchronised clocks.
/// </summary>
public sealed class MoveInstants(IDbContextFactory<AppDb> database, IOptionsMonitor<NotifierOptions> options, TimeProvider clock)
{
    /// <summary>A dispatcher that renews its lease holds it for less.</summary>
    private static readonly TimeSpan LongestLead = TimeSpan.FromSeconds(15);

    /// <param name="by">The step just noticed; zero when none is known.</param>
    /// <param name="cancellationToken">Nothing is changed then.</param>
    /// <returns>Rows changed.</returns>
    public async Task<int> ExecuteAsync(TimeSpan by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (by == TimeSpan.Zero && !await HasFutureAsync(db, now, cancellationToken))
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var moved = by == TimeSpan.Zero ? 0 : await MoveStampsAsync(db, now, by, cancellationToken);
        moved += await BringBackAsync(db, now, cancellationToken);
        moved += await MoveDeadlinesAsync(db, now, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return moved;
    }

    private static async Task<bool> HasFutureAsync(AppDb db, DateTime now, CancellationToken cancellationToken)
    {
        var horizon = now + ClockGuard.Tolerance;
        return await db.WebhookNotifications.AnyAsync(row => row.SentAt > horizon, cancellationToken)
            || await db.WebhookNotifications.AnyAsync(row => row.CreatedAt > horizon, cancellationToken)
            || await db.WebhookNotifications.AnyAsync(
                row => (row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending) && (row.NextAttemptAt > horizon || row.ClaimedUntil > horizon), cancellationToken)
            || await db.ScanRuns.AnyAsync(run => run.RequestedAt > horizon || run.FinishedAt > horizon, cancellationToken)
            || await db.WebhookEndpoints.AnyAsync(row => row.HeldUntil > horizon || row.ProbeAt > horizon || row.DispatcherUntil > horizon || row.BreakerOpenedAt > horizon, cancellationToken);
    }

    /// <summary>What silences a ticket: when it was accepted, when its dead notification was written.</summary>
    private async Task<int> MoveStampsAsync(AppDb db, DateTime now, TimeSpan by, CancellationToken cancellationToken)
    {
        var oldNow = now - by;
        var since = oldNow - options.CurrentValue.RepeatAfter;
        var until = oldNow + ClockGuard.Tolerance;
        var rows = await db.WebhookNotifications.AsNoTracking()
            .Where(row => (row.Status == NotificationStatus.Delivered && row.SentAt > since && row.SentAt <= until)
                || (row.Status == NotificationStatus.Dead && row.CreatedAt > since && row.CreatedAt <= until))
            .Select(row => new { row.Id, row.SentAt, row.CreatedAt })
            .ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            var (created, sent) = (Earlier(row.CreatedAt + by, now), row.SentAt is { } at ? Earlier(at + by, now) : row.SentAt);
            await db.WebhookNotifications.Where(x => x.Id == row.Id)
                .ExecuteUpdateAsync(x => x.SetProperty(y => y.CreatedAt, created).SetProperty(y => y.SentAt, sent), cancellationToken);
        }

        return rows.Count;
    }

    /// <summary>Nothing that happened can lie in the future.</summary>
    private static async Task<int> BringBackAsync(AppDb db, DateTime now, CancellationToken cancellationToken)
    {
        var horizon = now + ClockGuard.Tolerance;
        return await db.WebhookNotifications.Where(row => row.SentAt > horizon).ExecuteUpdateAsync(row => row.SetProperty(x => x.SentAt, now), cancellationToken)
            + await db.WebhookNotifications.Where(row => row.CreatedAt > horizon).ExecuteUpdateAsync(row => row.SetProperty(x => x.CreatedAt, now), cancellationToken)
            + await db.ScanRuns.Where(run => run.RequestedAt > horizon).ExecuteUpdateAsync(run => run.SetProperty(x => x.RequestedAt, now), cancellationToken)
            + await db.ScanRuns.Where(run => run.StartedAt > horizon).ExecuteUpdateAsync(run => run.SetProperty(x => x.StartedAt, now), cancellationToken)
            + await db.ScanRuns.Where(run => run.FinishedAt > horizon).ExecuteUpdateAsync(run => run.SetProperty(x => x.FinishedAt, now), cancellationToken)
            + await db.WebhookEndpoints.Where(row => row.BreakerOpenedAt > horizon).ExecuteUpdateAsync(row => row.SetProperty(x => x.BreakerOpenedAt, now), cancellationToken);
    }

    /// <summary>What waits for an instant to come.</summary>
    private async Task<int> MoveDeadlinesAsync(AppDb db, DateTime now, TimeSpan by, CancellationToken cancellationToken)
    {
        var notifier = options.CurrentValue;

        // The jitter adds a fifth; a receiver's own time is capped.
        var longestRetry = Longer(RetrySchedule.LongestHold, notifier.RetrySchedule.Delays.Max() * 1.25);
        var moved = 0;
        var waiting = await db.WebhookNotifications.AsNoTracking()
            .Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending)
            .Select(row => new { row.Id, row.AttemptCount, row.NextAttemptAt, row.ClaimedUntil })
            .ToListAsync(cancellationToken);
        foreach (var row in waiting)
        {
            // Nobody knows how long a retry beyond its longest delay has waited: it is due, and the gate keeps the pace.
            var next = Moved(row.NextAttemptAt, now, by, longestRetry, TimeSpan.Zero);
            var claimed = Moved(row.ClaimedUntil, now, by, notifier.ClaimLease, notifier.ClaimLease);
            if (next != row.NextAttemptAt || claimed != row.ClaimedUntil)
            {
                moved += await db.WebhookNotifications.Where(x => x.Id == row.Id && x.AttemptCount == row.AttemptCount)
                    .ExecuteUpdateAsync(x => x.SetProperty(y => y.NextAttemptAt, next).SetProperty(y => y.ClaimedUntil, claimed), cancellationToken);
            }
        }

        foreach (var endpoint in await db.WebhookEndpoints.AsNoTracking().ToListAsync(cancellationToken))
        {
            moved += await MoveAsync(db, endpoint.Id, row => row.HeldUntil, endpoint.HeldUntil, Moved(endpoint.HeldUntil, now, by, RetrySchedule.LongestHold, RetrySchedule.LongestHold), cancellationToken);
            moved += await MoveAsync(db, endpoint.Id, row => row.ProbeAt, endpoint.ProbeAt, Moved(endpoint.ProbeAt, now, by, Breaker.LongestDelay, TimeSpan.Zero), cancellationToken);
            moved += await MoveAsync(db, endpoint.Id, row => row.DispatcherUntil, endpoint.DispatcherUntil, Moved(endpoint.DispatcherUntil, now, by, LongestLead, LongestLead), cancellationToken);
        }

        return moved;
    }

    private static async Task<int> MoveAsync(
        AppDb db, int id, Expression<Func<WebhookEndpoint, DateTime?>> column, DateTime? before, DateTime? after, CancellationToken cancellationToken) => before == after ? 0
        : await db.WebhookEndpoints.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(column, after), cancellationToken);

    /// <summary>Moves with the calendar, but only what still lay ahead; and never further away than <paramref name="longest"/>.</summary>
    private static DateTime? Moved(DateTime? instant, DateTime now, TimeSpan by, TimeSpan longest, TimeSpan unknown) => instant is not { } at ? null
        : at > now - by && by != TimeSpan.Zero && at + by <= now + longest ? at + by
        : at > now + longest + ClockGuard.Tolerance ? now + unknown
        : at;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
