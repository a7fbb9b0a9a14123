using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Notifications;

/// <summary>What a resend needs to know of the notification it repeats.</summary>
/// <param name="Id">Its row.</param>
/// <param name="TicketId">Null for a test of the endpoint.</param>
/// <param name="NotificationType">As in the row.</param>
/// <param name="Urgency">0 first.</param>
public sealed record ResendSource(int Id, int? TicketId, string NotificationType, int Urgency);

/// <summary>The outbox row of a resend, the same for one and for many.</summary>
internal static class ResendRow
{
    /// <param name="original">What is sent again; stays as it is.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="url">Of the receiver now.</param>
    /// <param name="seq">The ticket's next number.</param>
    /// <param name="now">UTC.</param>
    /// <param name="trigger">Whether the rule is checked before it leaves.</param>
    /// <param name="batch">The bulk resend it belongs to; null for a single one.</param>
    public static WebhookNotification Of(
        ResendSource original, Actor actor, string url, int seq, DateTime now, NotificationTrigger trigger = NotificationTrigger.Resend, string? batch = null) => new()
        {
            TicketId = original.TicketId,
            NotificationType = original.NotificationType,
            WebhookUrl = url,
            WebhookId = WebhookIds.New(),
            Seq = seq,
            Urgency = original.Urgency,
            Status = NotificationStatus.Pending,
            Trigger = trigger,
            RequestedBy = actor.UserId,
            ResentFrom = original.Id,
            RunId = batch,
            CreatedAt = now,
            NextAttemptAt = now,
        };

    /// <exception cref="RuleException"><c>notification.no_endpoint</c>: no URL is configured.</exception>
    public static async Task<string> UrlAsync(CurrentEndpoint endpoint, AppDb db, CancellationToken cancellationToken) =>
        (await endpoint.ReadAsync(db, cancellationToken)).Url
        ?? throw new RuleException("notification.no_endpoint", "Aucun point d’envoi n’est configuré (Webhook:Url)");
}
