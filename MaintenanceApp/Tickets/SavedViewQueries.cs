using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>A saved view as its tab shows it.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Name">As typed.</param>
/// <param name="Query">As <see cref="SavedView.Query"/>.</param>
/// <param name="IsShared">Everybody sees it.</param>
/// <param name="OwnerId">Who may change it.</param>
/// <param name="OwnerName">As <see cref="PersonName"/> says.</param>
public sealed record SavedViewRow(int Id, string Name, string Query, bool IsShared, int OwnerId, string? OwnerName);

/// <summary>What the list reads about saved views.</summary>
public sealed class SavedViewQueries(IDbContextFactory<AppDb> database)
{
    private const int Most = 60;

    /// <summary>One's own, then those others share; each by name.</summary>
    public async Task<IReadOnlyList<SavedViewRow>> ListAsync(int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<SavedView>().AsNoTracking()
            .Where(view => view.OwnerId == userId || view.IsShared)
            .OrderBy(view => view.OwnerId == userId ? 0 : 1).ThenBy(view => view.Name).ThenBy(view => view.Id)
            .Take(Most)
            .Select(view => new { View = view, Owner = db.Users.Where(user => user.Id == view.OwnerId).Select(user => user.FullName).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SavedViewRow(
            row.View.Id, row.View.Name, row.View.Query, row.View.IsShared, row.View.OwnerId, PersonName.Of(row.View.OwnerId, row.Owner)))];
    }
}
