using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// An admin does not want to wait for the breaker's next probe: it is due now. The dispatcher sends it, as any other. A
/// time named by the receiver (<c>Retry-After</c>), a pause or a 410 still holds.
/// </summary>
public sealed class ProbeNow(
    IDbContextFactory<AppDb> database, CurrentEndpoint endpoint, NotificationDispatcher dispatcher, LiveUpdates live, TimeProvider clock)
{
    /// <returns>False when the breaker is not open or nothing waits: there is nothing to probe with.</returns>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var state = await endpoint.ReadAsync(db, cancellationToken);
        var waiting = db.WebhookNotifications.Where(row => row.Status == NotificationStatus.Pending);
        var first = await waiting.OrderBy(row => row.NextAttemptAt).ThenBy(row => row.Urgency).ThenBy(row => row.Id)
            .Select(row => (int?)row.Id).FirstOrDefaultAsync(cancellationToken);
        if (!state.Breaker.IsOpen || first is null)
        {
            return false;
        }

        await db.WebhookEndpoints
            .Where(row => row.Url == state.Url && row.ProbeAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.ProbeAt, now), cancellationToken);

        // Those that failed before the breaker opened wait for their own retry; one of them is needed as the probe.
        await waiting.Where(row => row.Id == first && row.NextAttemptAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.NextAttemptAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        dispatcher.Wake();
        live.Publish(new EndpointChanged());
        return true;
    }
}
