using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>Who decides about a setting.</summary>
public enum SettingSource
{
    /// <summary>It is not set.</summary>
    None,

    /// <summary>The configuration: locked on the page.</summary>
    Configuration,

    /// <summary>The inbox of the demo factory, because nothing else is set: locked too.</summary>
    Demo,

    /// <summary>The Settings page.</summary>
    Page,
}

/// <summary>Where notifications go. Instants are UTC.</summary>
/// <param name="Source">Who set it.</param>
/// <param name="Url">Masked; null when none.</param>
/// <param name="ChangedAt">When somebody last changed it on the page.</param>
/// <param name="ChangedBy">Who; null for an account that no longer exists.</param>
/// <param name="AllowsPrivateNetworks">http and addresses inside are allowed.</param>
public sealed record EndpointSetting(SettingSource Source, string? Url, DateTime? ChangedAt, string? ChangedBy, bool AllowsPrivateNetworks);

/// <summary>A stored secret that counts; its value is not among it. Instants are UTC.</summary>
/// <param name="Id">For a revocation.</param>
/// <param name="Hint">Its last characters; empty for a short one.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom; null for an account that no longer exists.</param>
/// <param name="ExpiresAt">End of its grace period; null = current.</param>
/// <param name="IsReadable">False: its keys are lost.</param>
public sealed record SecretRow(int Id, string Hint, DateTime CreatedAt, string? CreatedBy, DateTime? ExpiresAt, bool IsReadable);

/// <summary>The secrets of one purpose.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="ConfiguredCount">Those of the configuration; when there are any, they alone count.</param>
/// <param name="Current">The one that counts; null when none is stored.</param>
/// <param name="Previous">The one in its grace period.</param>
public sealed record SecretSetting(SecretPurpose Purpose, int ConfiguredCount, SecretRow? Current, SecretRow? Previous)
{
    public SettingSource Source => (ConfiguredCount, Current, Previous) switch
    {
        ( > 0, _, _) => SettingSource.Configuration,
        (_, null, null) => SettingSource.None,
        _ => SettingSource.Page,
    };

    /// <summary>Nothing can be read: posts wait, the cron route is closed. See <see cref="SecretVault"/>.</summary>
    public bool IsUnreadable => Source == SettingSource.Page && Current is not { IsReadable: true } && Previous is not { IsReadable: true };
}

/// <summary>Everything the Settings page shows.</summary>
/// <param name="Endpoint">Where notifications go.</param>
/// <param name="Signing">How they are signed.</param>
/// <param name="Cron">Who may call the cron route.</param>
/// <param name="LastTestId">The last test of the endpoint; null when there was none.</param>
public sealed record NotificationSettings(EndpointSetting Endpoint, SecretSetting Signing, SecretSetting Cron, int? LastTestId);

/// <summary>Reads what the Settings page shows.</summary>
public sealed class SettingsQueries(
    IDbContextFactory<AppDb> database, SecretVault vault, IConfiguration configuration, IOptionsMonitor<WebhookOptions> options, TimeProvider clock)
{
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    public async Task<NotificationSettings> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var lastTest = await db.WebhookNotifications.Where(row => row.NotificationType == WebhookNotification.Test)
            .MaxAsync(row => (int?)row.Id, cancellationToken);
        return new(
            await EndpointAsync(db, cancellationToken),
            await SecretsAsync(db, SecretPurpose.WebhookSigning, cancellationToken),
            await SecretsAsync(db, SecretPurpose.Cron, cancellationToken),
            lastTest);
    }

    private async Task<EndpointSetting> EndpointAsync(AppDb db, CancellationToken cancellationToken)
    {
        var webhook = options.CurrentValue;
        var stored = await db.NotifierStates
            .Select(state => new
            {
                state.WebhookUrl,
                state.WebhookUrlChangedAt,
                ChangedBy = db.Users.Where(user => user.Id == state.WebhookUrlChangedBy).Select(user => user.FullName).FirstOrDefault(),
            })
            .SingleAsync(cancellationToken);
        var (source, url) = (Blank.ToNull(webhook.Url), Blank.ToNull(configuration["Webhook:Url"]), Blank.ToNull(stored.WebhookUrl)) switch
        {
            ({ } used, not null, _) => (SettingSource.Configuration, used),
            ({ } used, null, _) => (SettingSource.Demo, used),
            (null, _, { } used) => (SettingSource.Page, used),
            _ => (SettingSource.None, null),
        };
        return new(source, url is null ? null : WebhookUrlMask.Of(url), stored.WebhookUrlChangedAt, stored.ChangedBy, webhook.AllowPrivateNetworks);
    }

    private async Task<SecretSetting> SecretsAsync(AppDb db, SecretPurpose purpose, CancellationToken cancellationToken)
    {
        var rows = await SecretVault.Active(db, purpose, clock.GetUtcNow().UtcDateTime).AsNoTracking()
            .Select(secret => new
            {
                Secret = secret,
                CreatedBy = db.Users.Where(user => user.Id == secret.CreatedBy).Select(user => user.FullName).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var shown = rows.OrderByDescending(row => row.Secret.Id)
            .Select(row => new SecretRow(row.Secret.Id, row.Secret.Hint, row.Secret.CreatedAt, row.CreatedBy, row.Secret.ExpiresAt, vault.Reveal(row.Secret) is not null))
            .ToList();
        return new(purpose, vault.Configured(purpose).Count, shown.Find(row => row.ExpiresAt is null), shown.Find(row => row.ExpiresAt is not null));
    }
}
