using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>Where notifications go, set on the Settings page. The configuration's <c>Webhook:Url</c> wins over it.</summary>
public sealed class SetWebhookUrl(
    IDbContextFactory<AppDb> database,
    NotificationDispatcher dispatcher,
    IOptionsMonitor<WebhookOptions> options,
    LiveUpdates live,
    TimeProvider clock)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="url">Blank: none. Nothing is written and nothing is lost until there is one.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    /// <exception cref="RuleException"><c>endpoint.configured</c>: the configuration sets it.</exception>
    /// <exception cref="InvalidInputException">See <see cref="WebhookUrlRule"/>.</exception>
    public async Task ExecuteAsync(Actor actor, string? url, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        var webhook = options.CurrentValue;
        if (Blank.ToNull(webhook.Url) is not null)
        {
            throw new RuleException("endpoint.configured", "Le point d’envoi est fixé par la configuration (Webhook:Url)");
        }

        var wanted = Blank.ToNull(url);
        if (wanted is not null && WebhookUrlRule.FaultOf(wanted, webhook.AllowPrivateNetworks) is { } fault)
        {
            throw new InvalidInputException(nameof(url), WebhookUrlRule.French(fault));
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.NotifierStates.ExecuteUpdateAsync(
            state => state
                .SetProperty(x => x.WebhookUrl, wanted)
                .SetProperty(x => x.WebhookUrlChangedAt, now)
                .SetProperty(x => x.WebhookUrlChangedBy, actor.UserId),
            cancellationToken);
        dispatcher.Wake();
        live.Publish(new EndpointChanged());
    }
}
