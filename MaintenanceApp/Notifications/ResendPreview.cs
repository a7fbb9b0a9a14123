using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>What a person should know before resending: whether the ticket would still be notified by itself.</summary>
public sealed class ResendPreview(IDbContextFactory<AppDb> database, INotificationContent contents, TimeProvider clock)
{
    /// <returns>One of <see cref="NotificationCause"/>; null while the ticket still qualifies, and for an unknown id.</returns>
    public async Task<string?> WhyNotAsync(int notificationId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var ticketId = await db.WebhookNotifications.Where(row => row.Id == notificationId)
            .Select(row => row.TicketId).SingleOrDefaultAsync(cancellationToken);
        return ticketId is { } id ? (await contents.RefusalsAsync([id], clock.GetUtcNow().UtcDateTime, cancellationToken)).GetValueOrDefault(id) : null;
    }
}
