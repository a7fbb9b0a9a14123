using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

/// <summary>Somebody a ticket can be assigned to.</summary>
public sealed record PersonRow(int Id, string FullName, string Role);

/// <summary>One account. Instants are UTC.</summary>
public sealed record UserRow(
    int Id, string Email, string FullName, string Role, DateTime CreatedAt, DateTime UpdatedAt, DateTime? LastLogin, DateTime? DeactivatedAt);

/// <summary>What screens and routes read about accounts. The team's account is never among them: offer the team (id 0) separately.</summary>
public sealed class UserQueries(IDbContextFactory<AppDb> database)
{
    /// <summary>Active accounts, by name.</summary>
    public async Task<IReadOnlyList<PersonRow>> PeopleAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var people = await db.Users.AsNoTracking()
            .Where(user => user.Id != User.TeamId && user.DeactivatedAt == null)
            .Select(user => new PersonRow(user.Id, user.FullName, user.Role))
            .ToListAsync(cancellationToken);
        return [.. people.OrderBy(person => SearchText.Fold(person.FullName), StringComparer.Ordinal).ThenBy(person => person.Id)];
    }

    /// <summary>Every account, deactivated ones too, by name.</summary>
    public async Task<IReadOnlyList<UserRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await Rows(db.Users.Where(user => user.Id != User.TeamId)).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => SearchText.Fold(row.FullName), StringComparer.Ordinal).ThenBy(row => row.Id)];
    }

    /// <summary>Null when there is no such account, and for the team's.</summary>
    public async Task<UserRow?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Rows(db.Users.Where(user => user.Id == id && user.Id != User.TeamId)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A name for every id asked, as <see cref="PersonName"/> says.</summary>
    public async Task<IReadOnlyDictionary<int, string>> NamesAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = await db.Users.AsNoTracking().Where(user => wanted.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.FullName, cancellationToken);
        return wanted.ToDictionary(id => id, id => PersonName.Of(id, names.GetValueOrDefault(id))!);
    }

    private static IQueryable<UserRow> Rows(IQueryable<User> users) => users.AsNoTracking().Select(user => new UserRow(
        user.Id, user.Email!, user.FullName, user.Role, user.CreatedAt, user.UpdatedAt, user.LastLogin, user.DeactivatedAt));
}
