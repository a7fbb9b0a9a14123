using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Tries the endpoint: one notification of type <c>test</c> without a ticket, through the same gate as all others, with
/// one attempt. While one waits or is under way, asking again gives that one.
/// </summary>
public sealed class SendTest(
    IDbContextFactory<AppDb> database, CurrentEndpoint endpoint, NotificationDispatcher dispatcher, LiveUpdates live, TimeProvider clock)
{
    /// <returns>The id of the notification.</returns>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    /// <exception cref="RuleException"><c>notification.no_endpoint</c>: no URL is set.</exception>
    public async Task<int> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await SettingsLock.TakeAsync(db, cancellationToken);
        var waiting = await db.WebhookNotifications
            .Where(row => row.NotificationType == WebhookNotification.Test && row.ResentFrom == null)
            .Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending)
            .Select(row => (int?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (waiting is { } same)
        {
            return same;
        }

        var test = new WebhookNotification
        {
            TicketId = null,
            NotificationType = WebhookNotification.Test,
            WebhookUrl = (await endpoint.ReadAsync(db, cancellationToken)).Url
                ?? throw new RuleException("notification.no_endpoint", "Aucun point d’envoi n’est configuré (Webhook:Url)"),
            WebhookId = WebhookIds.New(),
            Urgency = 0,
            Status = NotificationStatus.Pending,
            Trigger = NotificationTrigger.Test,
            RequestedBy = actor.UserId,
            CreatedAt = now,
            NextAttemptAt = now,
        };
        db.Add(test);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        dispatcher.Wake();
        live.Publish(new NotificationChanged(test.Id, null));
        return test.Id;
    }
}
