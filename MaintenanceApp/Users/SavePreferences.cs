using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Users;

/// <summary>Saves how the signed-in person likes the screens; everybody may, for themselves.</summary>
public sealed class SavePreferences(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <exception cref="InvalidInputException">An unknown language or density.</exception>
    public async Task ExecuteAsync(Actor actor, Preferences wanted, CancellationToken cancellationToken)
    {
        if (wanted.Language is { } language && Languages.All.All(known => known.Name != language))
        {
            throw new InvalidInputException("language", "Langue inconnue");
        }

        if (wanted.Density is not (Preferences.Comfortable or Preferences.Compact))
        {
            throw new InvalidInputException("density", "Densité inconnue");
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await db.UserPreferences.SingleOrDefaultAsync(preferences => preferences.UserId == actor.UserId, cancellationToken);
        if (row is null)
        {
            row = new UserPreferences { UserId = actor.UserId };
            db.UserPreferences.Add(row);
        }

        row.Language = wanted.Language;
        row.Density = wanted.Density;
        row.SingleKeys = wanted.SingleKeys;
        row.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException collision) when (ConstraintViolation.IsUnique(collision))
        {
            // Two windows saved for the first time at once: the other row is there now.
            await ExecuteAsync(actor, wanted, cancellationToken);
        }
    }
}
