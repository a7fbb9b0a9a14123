using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Renames, shares or replaces one's own saved view.</summary>
public sealed class ChangeSavedView(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <summary>False when there is no such view, or when it is somebody else's.</summary>
    /// <exception cref="ForbiddenException">The role may not share.</exception>
    /// <exception cref="RuleException"><c>view.name_taken</c>.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, int id, SavedViewRequest request, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Set<SavedView>().SingleOrDefaultAsync(row => row.Id == id && row.OwnerId == actor.UserId, cancellationToken) is not { } view)
        {
            return false;
        }

        CreateSavedView.RequireMayShare(actor, request.IsShared && !view.IsShared);
        (view.Name, view.Query, view.IsShared, view.UpdatedAt) = (request.Name!, request.Query, request.IsShared, clock.GetUtcNow().UtcDateTime);
        await CreateSavedView.SaveAsync(db, cancellationToken);
        return true;
    }
}
