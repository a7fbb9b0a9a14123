using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Operations;

/// <summary>Names the plant on every screen. Ticket numbers keep the name of the configuration.</summary>
public sealed class SetSiteName(IDbContextFactory<AppDb> database, SiteName siteName, TimeProvider clock)
{
    /// <param name="actor">Needs <see cref="Permissions.ManageOperations"/>.</param>
    /// <param name="name">Blank = the name of the configuration.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <exception cref="ForbiddenException">The role lacks the permission.</exception>
    /// <exception cref="InvalidInputException">Longer than <see cref="SiteSettings.NameMaxLength"/>.</exception>
    public async Task ExecuteAsync(Actor actor, string? name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOperations);
        var wanted = Blank.ToNull(TypedText.OneLine(name));
        if (wanted is { Length: > SiteSettings.NameMaxLength })
        {
            throw new InvalidInputException("name", $"Le nom doit avoir au plus {SiteSettings.NameMaxLength} caractères");
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var settings = await db.SiteSettings.SingleOrDefaultAsync(cancellationToken);
        if (settings is null)
        {
            settings = new SiteSettings();
            db.SiteSettings.Add(settings);
        }

        settings.Name = wanted;
        settings.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        settings.UpdatedBy = actor.UserId;
        await db.SaveChangesAsync(cancellationToken);
        siteName.Remember(wanted);
    }
}
