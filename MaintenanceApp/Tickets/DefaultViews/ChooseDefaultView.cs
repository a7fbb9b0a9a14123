using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.DefaultViews;

/// <summary>Remembers for one person which view the list opens with.</summary>
public sealed class ChooseDefaultView(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <param name="actor">Chooses for themselves.</param>
    /// <param name="view">Null = as the role's default says, else as usual.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <exception cref="ForbiddenException">The role may not see tickets.</exception>
    /// <exception cref="InvalidInputException">A saved view that does not exist, or that somebody else keeps to themselves.</exception>
    public async Task ExecuteAsync(Actor actor, DefaultView? view, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ReadTickets);
        try
        {
            await SaveAsync(actor, view, cancellationToken);
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            // Another window of the same person was first to write the row.
            await SaveAsync(actor, view, cancellationToken);
        }
    }

    private async Task SaveAsync(Actor actor, DefaultView? view, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (view?.SavedId is { } id
            && !await db.SavedViews.AnyAsync(saved => saved.Id == id && (saved.OwnerId == actor.UserId || saved.IsShared), cancellationToken))
        {
            throw new InvalidInputException("view", "Cette vue n’existe plus");
        }

        if (await db.UserPreferences.SingleOrDefaultAsync(row => row.UserId == actor.UserId, cancellationToken) is not { } preferences)
        {
            preferences = new UserPreferences { UserId = actor.UserId };
            db.Add(preferences);
        }

        (preferences.TicketView, preferences.UpdatedAt) = (view?.Word, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
    }
}
