using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Sends a notification again with the ticket of today, whatever the 24 h say: a new row linked to the old one. A
/// double click is one resend; asking again once that one has ended is another.
/// </summary>
public sealed class ResendNotification(
    IDbContextFactory<AppDb> database, CurrentEndpoint endpoint, NotificationDispatcher dispatcher, NotifierMeter meter, LiveUpdates live, TimeProvider clock)
{
    private const int MaxRaces = 10;

    private static readonly TimeSpan DoubleClick = TimeSpan.FromMilliseconds(500);

    /// <returns>The id of the new notification; null when there is none to resend.</returns>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    /// <exception cref="RuleException"><c>notification.no_endpoint</c>: no URL is configured.</exception>
    public async Task<int?> ExecuteAsync(Actor actor, int notificationId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        for (var race = 1; ; race++)
        {
            try
            {
                return await TryAsync(actor, notificationId, cancellationToken);
            }
            catch (DbUpdateException) when (race < MaxRaces)
            {
                // A scan or another click took the same number first (unique index): look again.
            }
        }
    }

    private async Task<int?> TryAsync(Actor actor, int notificationId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var recently = now - DoubleClick;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.WebhookNotifications.Where(row => row.Id == notificationId)
            .Select(row => new ResendSource(row.Id, row.TicketId, row.NotificationType, row.Urgency))
            .SingleOrDefaultAsync(cancellationToken) is not { } original)
        {
            return null;
        }

        // Read before looking for another click: one that commits in between has then either been seen below, or took this number.
        var lastSeq = await db.WebhookNotifications
            .Where(row => row.TicketId == original.TicketId && row.NotificationType == original.NotificationType)
            .MaxAsync(row => row.Seq, cancellationToken) ?? 0;
        var same = await db.WebhookNotifications
            .Where(row => row.ResentFrom == notificationId && row.RequestedBy == actor.UserId)
            .Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending || row.CreatedAt > recently)
            .OrderByDescending(row => row.Id)
            .Select(row => (int?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (same is not null)
        {
            return same;
        }

        var resend = ResendRow.Of(original, actor, await ResendRow.UrlAsync(endpoint, db, cancellationToken), lastSeq + 1, now);
        db.Add(resend);
        await db.SaveChangesAsync(cancellationToken);

        // One that still waits for its next attempt would arrive a second time.
        var replaced = await db.WebhookNotifications
            .Where(row => row.Id == notificationId && row.Status == NotificationStatus.Pending)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(x => x.Status, NotificationStatus.Cancelled)
                    .SetProperty(x => x.Cause, NotificationCause.Resent)
                    .SetProperty(x => x.NextAttemptAt, (DateTime?)null),
                cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        meter.NotificationsEnded(NotificationStatus.Cancelled, replaced);
        dispatcher.Wake();
        live.Publish(new NotificationChanged(resend.Id, resend.TicketId));
        return resend.Id;
    }
}
