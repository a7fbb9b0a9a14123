using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Ends the grace period of a previous secret at once: it leaked, or the other side has been changed. The current one can
/// only be replaced, so that nobody turns signatures off by accident.
/// </summary>
public sealed partial class RevokeSecret(
    IDbContextFactory<AppDb> database, SecretVault vault, LiveUpdates live, ILogger<RevokeSecret> logger)
{
    /// <returns>False when it had ended already.</returns>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, int secretId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var revoked = await db.StoredSecrets.Where(secret => secret.Id == secretId && secret.ExpiresAt != null).ExecuteDeleteAsync(cancellationToken);
        vault.Forget();
        if (revoked > 0)
        {
            LogRevoked(logger, secretId, actor.UserId);
        }

        live.Publish(new EndpointChanged());
        return revoked > 0;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The previous secret {SecretId} was revoked by user {UserId}")]
    private static partial void LogRevoked(ILogger logger, int secretId, int userId);
}
