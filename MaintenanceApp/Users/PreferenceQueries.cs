using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

/// <summary>How one account likes its screens.</summary>
/// <param name="Language"><c>fr-CA</c>, <c>en-CA</c>, or null = as the browser's cookie or the site says.</param>
/// <param name="Density"><c>comfortable</c> or <c>compact</c>.</param>
/// <param name="SingleKeys">Single-letter keys work. WCAG 2.1.4: they can be turned off.</param>
public sealed record Preferences(string? Language, string Density, bool SingleKeys)
{
    public const string Comfortable = "comfortable";
    public const string Compact = "compact";

    /// <summary>Of an account that chose nothing.</summary>
    public static Preferences Usual { get; } = new(null, Comfortable, SingleKeys: true);
}

/// <summary>Reads the preferences of an account.</summary>
public sealed class PreferenceQueries(IDbContextFactory<AppDb> database)
{
    public async Task<Preferences> FindAsync(int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.UserPreferences.AsNoTracking()
            .Where(row => row.UserId == userId)
            .Select(row => new Preferences(row.Language, row.Density ?? Preferences.Comfortable, row.SingleKeys))
            .FirstOrDefaultAsync(cancellationToken) ?? Preferences.Usual;
    }
}
