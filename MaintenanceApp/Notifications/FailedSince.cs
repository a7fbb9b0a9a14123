using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>What a bulk resend would do.</summary>
/// <param name="Chosen">The latest failure of each ticket that goes out again, by urgency, then age.</param>
/// <param name="Skipped">Tickets left out, counted by cause (<see cref="NotificationCause"/>).</param>
/// <param name="Beyond">Tickets above <see cref="FailedSince.Most"/>; asking again takes them.</param>
public sealed record FailedSelection(IReadOnlyList<ResendSource> Chosen, IReadOnlyDictionary<string, int> Skipped, int Beyond);

/// <summary>Finds the notifications that were given up since a moment and were not sent again: one a ticket.</summary>
public sealed class FailedSince(IDbContextFactory<AppDb> database, INotificationContent contents, IOptionsMonitor<NotifierOptions> options, TimeProvider clock)
{
    /// <summary>Resent at once, so that one transaction stays short.</summary>
    public const int Most = 1000;

    /// <param name="since">UTC; the last attempt at or after it.</param>
    /// <param name="force">Also tickets that would not be notified by themselves, or were notified lately.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<FailedSelection> PreviewAsync(DateTime since, bool force, CancellationToken cancellationToken)
    {
        var refusals = force ? new Dictionary<int, string>() : await RefusalsAsync(since, cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await SelectAsync(db, since, force, refusals, cancellationToken);
    }

    internal async Task<IReadOnlyDictionary<int, string>> RefusalsAsync(DateTime since, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await Failed(db, since).Select(row => row.TicketId!.Value).Distinct().ToListAsync(cancellationToken);
        return await contents.RefusalsAsync(tickets, clock.GetUtcNow().UtcDateTime, cancellationToken);
    }

    /// <summary>In the caller's transaction; the refusals were read before it began.</summary>
    internal async Task<FailedSelection> SelectAsync(
        AppDb db, DateTime since, bool force, IReadOnlyDictionary<int, string> refusals, CancellationToken cancellationToken)
    {
        var quietSince = clock.GetUtcNow().UtcDateTime - options.CurrentValue.RepeatAfter;
        var failed = Failed(db, since);

        // The latest of each ticket and only what a resend needs of it: the rest is months of answers.
        var latest = await failed
            .Where(row => !failed.Any(other => other.TicketId == row.TicketId && (other.CreatedAt > row.CreatedAt || (other.CreatedAt == row.CreatedAt && other.Id > row.Id))))
            .OrderBy(row => row.Urgency).ThenBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new
            {
                Row = new ResendSource(row.Id, row.TicketId, row.NotificationType, row.Urgency),
                IsWaiting = db.WebhookNotifications.Any(other => other.TicketId == row.TicketId && (other.Status == NotificationStatus.Pending || other.Status == NotificationStatus.Sending)),
                IsAccepted = db.WebhookNotifications.Any(other => other.TicketId == row.TicketId && other.Status == NotificationStatus.Delivered && other.SentAt >= quietSince),
            })
            .ToListAsync(cancellationToken);
        var byTicket = latest
            .Select(found => (found.Row, Cause: found.IsWaiting ? NotificationCause.AlreadyWaiting
                : force ? null
                : found.IsAccepted ? NotificationCause.AlreadyAccepted
                : refusals.GetValueOrDefault(found.Row.TicketId!.Value)))
            .ToList();
        var chosen = byTicket.Where(found => found.Cause is null).Select(found => found.Row).ToList();
        return new(
            [.. chosen.Take(Most)],
            byTicket.Where(found => found.Cause is not null).GroupBy(found => found.Cause!).OrderByDescending(group => group.Count()).ToDictionary(group => group.Key, group => group.Count()),
            Math.Max(0, chosen.Count - Most));
    }

    /// <summary>Given up, and no later resend of the ticket was accepted.</summary>
    private static IQueryable<WebhookNotification> Failed(AppDb db, DateTime since) => db.WebhookNotifications.AsNoTracking()
        .Where(row => row.Status == NotificationStatus.Dead && row.TicketId != null && (row.SentAt ?? row.CreatedAt) >= since)
        .Where(row => !db.WebhookNotifications.Any(resend => resend.TicketId == row.TicketId && resend.ResentFrom != null
            && resend.CreatedAt >= row.CreatedAt && resend.Status == NotificationStatus.Delivered));
}
