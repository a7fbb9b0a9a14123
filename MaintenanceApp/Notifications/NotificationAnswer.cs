using System.Globalization;
using System.Text.Json.Serialization;
using MaintenanceApp.Data;

namespace MaintenanceApp.Notifications;

/// <summary>One notification as routes answer it. Instants are ISO 8601, UTC.</summary>
public sealed record NotificationAnswer(
    int Id,
    string? TicketId,
    string NotificationType,
    string WebhookUrl,
    string? SentAt,
    int? ResponseStatus,
    string? ResponseBody,
    string CreatedAt,
    string Status,
    string? WebhookId,
    int AttemptCount,
    string? NextAttemptAt,
    string Trigger,
    int? RequestedBy,
    int? ResentFrom,
    string? RunId,
    string? Cause,
    bool PossibleDuplicate,
    int AsideCount,
    string? AsideError,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AttemptAnswer>? Attempts = null)
{
    public static NotificationAnswer Of(NotificationRow row) => new(
        row.Id,
        row.TicketId,
        row.Type,
        row.Endpoint,
        Iso(row.SentAt),
        row.ResponseStatus,
        row.ResponseStatus is null ? AttemptError.InFrench(row.ResponseBody) : row.ResponseBody,
        Iso(row.CreatedAt)!,
        Snake.Of(row.Status),
        row.WebhookId,
        row.AttemptCount,
        Iso(row.NextAttemptAt),
        Snake.Of(row.Trigger),
        row.RequestedBy,
        row.ResentFrom,
        row.RunId,
        row.Cause,
        row.PossibleDuplicate,
        row.AsideCount,
        row.AsideError);

    public static NotificationAnswer Of(NotificationDetail detail) => Of(detail.Row) with
    {
        Attempts =
        [
            .. detail.Attempts.Select(attempt => new AttemptAnswer(
                attempt.Number, Iso(attempt.StartedAt)!, attempt.DurationMs, Snake.Of(attempt.Outcome), attempt.ResponseStatus, AttemptError.InFrench(attempt.Error), attempt.RequestBody, attempt.ResponseBody,
                attempt.RemoteAddress, attempt.Phases.DnsMs, attempt.Phases.ConnectMs, attempt.Phases.TlsMs, attempt.Phases.FirstByteMs, attempt.IsProbe)),
        ],
    };

    private static string? Iso(DateTime? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>One HTTP request of a notification; bodies for administrators.</summary>
public sealed record AttemptAnswer(
    int Number, string StartedAt, int? DurationMs, string Outcome, int? ResponseStatus, string? Error, string? RequestBody, string? ResponseBody,
    string? RemoteAddress, int? DnsMs, int? ConnectMs, int? TlsMs, int? FirstByteMs, bool IsProbe);

/// <summary>The answer of <c>GET /api/webhooks/notification-history/{ticketId}</c>.</summary>
public sealed record NotificationHistory(string TicketId, IReadOnlyList<NotificationAnswer> Notifications);

/// <summary>The answer of <c>GET /api/webhooks/notifications</c>.</summary>
public sealed record NotificationPage(IReadOnlyList<NotificationAnswer> Notifications, int Total, int Page, int PageSize);

/// <summary>The answer of a resend.</summary>
public sealed record NotificationResent(string Message, NotificationAnswer Notification);
