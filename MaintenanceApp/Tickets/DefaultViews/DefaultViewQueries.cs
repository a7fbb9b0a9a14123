using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.DefaultViews;

/// <summary>What the list may open with.</summary>
/// <param name="Own">What the person chose; null = nothing.</param>
/// <param name="OfRole">What an administrator chose for the person's role; null = nothing.</param>
public sealed record ListDefaults(DefaultView? Own, DefaultView? OfRole)
{
    public static ListDefaults None { get; } = new(null, null);

    /// <summary>The first of the two that still exists for this person; null = the list opens as usual.</summary>
    /// <param name="saved">The saved views the person sees.</param>
    public DefaultView? Among(IReadOnlyList<SavedViewRow> saved) =>
        Own?.Among(saved) is not null ? Own : OfRole?.Among(saved) is not null ? OfRole : null;
}

/// <summary>Reads which view the list opens with.</summary>
public sealed class DefaultViewQueries(IDbContextFactory<AppDb> database)
{
    public async Task<ListDefaults> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var own = await db.UserPreferences.Where(row => row.UserId == actor.UserId).Select(row => row.TicketView).SingleOrDefaultAsync(cancellationToken);
        var ofRole = await db.RoleViews.Where(row => row.Role == actor.Role).Select(row => row.View).SingleOrDefaultAsync(cancellationToken);
        return new ListDefaults(DefaultView.Parse(own), DefaultView.Parse(ofRole));
    }

    /// <summary>By role; those without a choice are absent.</summary>
    public async Task<IReadOnlyDictionary<string, DefaultView>> ByRoleAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.RoleViews.AsNoTracking().ToListAsync(cancellationToken);
        return rows.Select(row => (row.Role, View: DefaultView.Parse(row.View))).Where(row => row.View is not null).ToDictionary(row => row.Role, row => row.View!);
    }
}
