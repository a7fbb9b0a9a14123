using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;

namespace MaintenanceApp.LegacyImport;

/// <summary>Tables <c>ticket_timeline</c>, <c>ticket_comments</c> and <c>webhook_notifications</c>: what hangs on a ticket.</summary>
internal sealed class LegacyHistory(People people, HashSet<int> tickets)
{
    public object? ReadTimelineEntry(LegacyRow row, int id) => TicketOf(row) is not { } ticketId ? null : new
    {
        Id = id,
        TicketId = ticketId,
        UserId = people.Author(row, "user_id"),
        Action = row.RequiredText("action", "(sans action)"),
        OldStatus = row.OptionalText("old_status"),
        NewStatus = row.OptionalText("new_status"),
        Comment = row.OptionalText("comment", clean: TypedText.Lines),
        CreatedAt = row.RequiredInstant("created_at"),
    };

    public object? ReadComment(LegacyRow row, int id) => TicketOf(row) is not { } ticketId ? null : new
    {
        Id = id,
        TicketId = ticketId,
        UserName = row.RequiredText("user_name", "N/A"),
        UserRole = row.OptionalText("user_role"),
        Comment = row.RequiredText("comment", "(sans texte)", clean: TypedText.Lines),
        CreatedAt = row.RequiredInstant("created_at"),
    };

    /// <summary>Only history: the old system never tried again, so an unaccepted one is dead here.</summary>
    public object? ReadNotification(LegacyRow row, int id)
    {
        if (TicketOf(row) is not { } ticketId)
        {
            return null;
        }

        var sentAt = row.RequiredInstant("sent_at", "created_at");
        var status = row.Number("response_status");
        var wasAccepted = status is >= 200 and <= 299;
        return new
        {
            Id = id,
            TicketId = ticketId,
            NotificationType = row.RequiredText("notification_type", WebhookNotification.OverdueScheduled, 50),
            WebhookUrl = row.RequiredText("webhook_url", "N/A"),
            SentAt = (DateTime?)sentAt,
            ResponseStatus = status,
            ResponseBody = row.OptionalText("response_body", WebhookNotification.ResponseBodyMaxLength, text => text),
            CreatedAt = row.RequiredInstant("created_at", "sent_at"),
            Status = wasAccepted ? NotificationStatus.Delivered : NotificationStatus.Dead,
            Cause = wasAccepted ? null : NotificationCause.FailedInOldSystem,
            AttemptCount = 1,
            Trigger = NotificationTrigger.Scan,
        };
    }

    private int? TicketOf(LegacyRow row)
    {
        if (row.Number("ticket_id") is { } id && tickets.Contains(id))
        {
            return id;
        }

        row.Skip($"its ticket {row.Cell("ticket_id")?.Quoted ?? "NULL"} no longer exists");
        return null;
    }
}
