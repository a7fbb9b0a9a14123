using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Board;

/// <summary>Sets, changes or removes the limit of a column; open boards follow.</summary>
public sealed class SetColumnLimit(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <param name="actor">Needs <see cref="Permissions.ManageBoard"/>.</param>
    /// <param name="status">One of <see cref="ColumnLimit.Columns"/>.</param>
    /// <param name="most">Null = no limit.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <exception cref="ForbiddenException">The role lacks the permission.</exception>
    /// <exception cref="InvalidInputException">Another column, or a number that is none from 1 to <see cref="ColumnLimit.Largest"/>.</exception>
    public async Task ExecuteAsync(Actor actor, TicketStatus status, int? most, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageBoard);
        if (!ColumnLimit.Columns.Contains(status))
        {
            throw new InvalidInputException("status", "Cette colonne n’a pas de limite");
        }

        if (most is < 1 or > ColumnLimit.Largest)
        {
            throw new InvalidInputException("limit", $"La limite va de 1 à {ColumnLimit.Largest}");
        }

        try
        {
            await SaveAsync(actor, status, most, cancellationToken);
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            // Somebody else set the first limit of this column at the same moment: the last word counts.
            await SaveAsync(actor, status, most, cancellationToken);
        }

        live.Publish(new BoardChanged());
    }

    private async Task SaveAsync(Actor actor, TicketStatus status, int? most, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (most is not { } number)
        {
            await db.ColumnLimits.Where(limit => limit.Status == status).ExecuteDeleteAsync(cancellationToken);
            return;
        }

        if (await db.ColumnLimits.SingleOrDefaultAsync(limit => limit.Status == status, cancellationToken) is not { } stored)
        {
            stored = new ColumnLimit { Status = status, Most = number };
            db.Add(stored);
        }

        (stored.Most, stored.UpdatedAt, stored.UpdatedBy) = (number, clock.GetUtcNow().UtcDateTime, actor.UserId);
        await db.SaveChangesAsync(cancellationToken);
    }
}
