using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

/// <summary>How one account likes the ticket list.</summary>
/// <param name="Columns">As <see cref="UserPreferences.TicketColumns"/>.</param>
/// <param name="IsCompact">One line a row.</param>
public sealed record ListLook(string? Columns, bool IsCompact)
{
    public static ListLook Usual { get; } = new(null, false);
}

/// <summary>Remembers the columns and the density of one's own ticket list.</summary>
public sealed class RememberListLook(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    private const string Compact = "compact";
    private const string Comfortable = "comfortable";

    public async Task<ListLook> ReadAsync(int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await db.Set<UserPreferences>().AsNoTracking()
            .Where(row => row.UserId == userId)
            .Select(row => new { row.TicketColumns, row.Density })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? ListLook.Usual : new ListLook(found.TicketColumns, found.Density == Compact);
    }

    public async Task ExecuteAsync(Actor actor, ListLook look, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(actor.UserId, look, cancellationToken);
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            // Another window of the same person was first to write the row.
            await SaveAsync(actor.UserId, look, cancellationToken);
        }
    }

    private async Task SaveAsync(int userId, ListLook look, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Set<UserPreferences>().SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken) is not { } preferences)
        {
            preferences = new UserPreferences { UserId = userId };
            db.Add(preferences);
        }

        preferences.TicketColumns = look.Columns;
        preferences.Density = look.IsCompact ? Compact : Comfortable;
        preferences.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellationToken);
    }
}
