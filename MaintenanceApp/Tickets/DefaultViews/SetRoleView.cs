using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.DefaultViews;

/// <summary>Sets which view the list opens with for everybody of a role who chose none.</summary>
public sealed class SetRoleView(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <param name="actor">Needs <see cref="Permissions.ManageOperations"/>.</param>
    /// <param name="role">One of <see cref="Roles.All"/>.</param>
    /// <param name="view">A built-in view or a shared one; null = the list opens as usual.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <exception cref="ForbiddenException">The role lacks the permission.</exception>
    /// <exception cref="InvalidInputException">An unknown role, or a saved view that is not shared.</exception>
    public async Task ExecuteAsync(Actor actor, string role, DefaultView? view, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOperations);
        if (!Roles.Exists(role))
        {
            throw new InvalidInputException("role", "Rôle inconnu");
        }

        try
        {
            await SaveAsync(actor, role, view, cancellationToken);
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            // Two administrators chose at the same moment: the last word counts.
            await SaveAsync(actor, role, view, cancellationToken);
        }
    }

    private async Task SaveAsync(Actor actor, string role, DefaultView? view, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (view is null)
        {
            await db.RoleViews.Where(row => row.Role == role).ExecuteDeleteAsync(cancellationToken);
            return;
        }

        if (view.SavedId is { } id && !await db.SavedViews.AnyAsync(saved => saved.Id == id && saved.IsShared, cancellationToken))
        {
            throw new InvalidInputException("view", "Cette vue n’est pas partagée");
        }

        if (await db.RoleViews.SingleOrDefaultAsync(row => row.Role == role, cancellationToken) is not { } stored)
        {
            stored = new RoleView { Role = role, View = view.Word };
            db.Add(stored);
        }

        (stored.View, stored.UpdatedAt, stored.UpdatedBy) = (view.Word, clock.GetUtcNow().UtcDateTime, actor.UserId);
        await db.SaveChangesAsync(cancellationToken);
    }
}
