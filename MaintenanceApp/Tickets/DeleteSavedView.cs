using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Removes one's own saved view. The tickets in it are not touched; undo creates it again.</summary>
public sealed class DeleteSavedView(IDbContextFactory<AppDb> database)
{
    /// <summary>False when there is no such view, or when it is somebody else's.</summary>
    public async Task<bool> ExecuteAsync(Actor actor, int id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Set<SavedView>().Where(view => view.Id == id && view.OwnerId == actor.UserId).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
