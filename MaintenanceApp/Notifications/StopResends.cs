using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>Cancels what a bulk resend has not sent yet; what is under way ends as it ends.</summary>
public sealed class StopResends(IDbContextFactory<AppDb> database, LiveUpdates live)
{
    /// <returns>How many were cancelled.</returns>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task<int> ExecuteAsync(Actor actor, string batch, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var cancelled = await db.WebhookNotifications
            .Where(row => row.RunId == batch && row.ResentFrom != null && row.Status == NotificationStatus.Pending)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(x => x.Status, NotificationStatus.Cancelled)
                    .SetProperty(x => x.Cause, NotificationCause.ResendStopped)
                    .SetProperty(x => x.NextAttemptAt, (DateTime?)null),
                cancellationToken);
        live.Publish(new NotificationChanged(0, null));
        return cancelled;
    }
}
