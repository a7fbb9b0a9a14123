using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Hosting;

/// <summary>
/// The name of the plant on every screen: what an administrator saved, else <see cref="SiteOptions.Name"/>. Kept in memory,
/// so that screens read it without a query; <see cref="SiteNameReader"/> keeps it fresh.
/// </summary>
public sealed class SiteName(IOptions<SiteOptions> site)
{
    private volatile string? saved;

    public string Current => saved ?? site.Value.Name;

    /// <summary>Blank = the option's name.</summary>
    public void Remember(string? name) => saved = string.IsNullOrWhiteSpace(name) ? null : name;
}

/// <summary>Reads the saved name again when it is old: another process may have changed it.</summary>
public sealed class SiteNameReader(IDbContextFactory<AppDb> database, SiteName name, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private long? readAt;

    /// <summary>At most one query in 30 s.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (readAt is { } at && clock.GetElapsedTime(at) < Fresh)
        {
            return;
        }

        readAt = clock.GetTimestamp();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        name.Remember(await db.SiteSettings.AsNoTracking().Where(settings => settings.Id == SiteSettings.OnlyId).Select(settings => settings.Name).SingleOrDefaultAsync(cancellationToken));
    }
}
