using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

/// <summary>An account of the demo factory, offered on the sign-in page.</summary>
public sealed record DemoAccount(string Email, string FullName, string Role);

/// <summary>What the sign-in page shows besides its form.</summary>
public sealed class SignInQueries(IDbContextFactory<AppDb> database, IConfiguration configuration, IHostEnvironment environment)
{
    /// <summary>
    /// Demo accounts have addresses under <c>.invalid</c>, which nobody can own (RFC 2606): a demo switch left on never
    /// opens a real account.
    /// </summary>
    public const string DemoEmailEnding = "@demo.invalid";

    /// <summary>Who can set a new password, by name: at most two.</summary>
    public async Task<IReadOnlyList<string>> AdminNamesAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking()
            .Where(user => user.Role == Roles.Admin && user.Id != User.TeamId && user.DeactivatedAt == null)
            .OrderBy(user => user.FullName)
            .Select(user => user.FullName)
            .Take(2)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Empty unless <c>Demo:Enabled</c>, and outside Development whatever it says.</summary>
    public async Task<IReadOnlyList<DemoAccount>> DemoAccountsAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || !configuration.GetValue<bool>("Demo:Enabled"))
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var accounts = await db.Users.AsNoTracking()
            .Where(user => user.Id != User.TeamId && user.DeactivatedAt == null && user.Email!.EndsWith(DemoEmailEnding))
            .Select(user => new DemoAccount(user.Email!, user.FullName, user.Role))
            .ToListAsync(cancellationToken);
        var order = Roles.All.Select(role => role.Name).ToList();
        return [.. accounts.OrderBy(account => order.IndexOf(account.Role)).ThenBy(account => account.FullName, StringComparer.CurrentCulture)];
    }
}
