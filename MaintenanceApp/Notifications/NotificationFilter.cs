using MaintenanceApp.Data;

namespace MaintenanceApp.Notifications;

/// <summary>The tabs of the history.</summary>
public enum NotificationView
{
    All,

    /// <summary>Given up; each can be resent.</summary>
    Failed,

    /// <summary>Not sent yet, held, or waiting for the next attempt.</summary>
    Waiting,
}

/// <summary>What a list of notifications shows; every condition given must hold. Instants are UTC.</summary>
public sealed record NotificationFilter
{
    public const int DefaultPageSize = 50;
    public const int MaxPageSize = 500;

    public NotificationView View { get; init; }

    public NotificationStatus? Status { get; init; }

    /// <summary>Words of the ticket's number or text; each must occur.</summary>
    public string? Ticket { get; init; }

    public string? Type { get; init; }

    public NotificationTrigger? Trigger { get; init; }

    /// <summary>The scan run that wrote them.</summary>
    public string? RunId { get; init; }

    /// <summary>Last attempt, or creation where there was none, at or after this instant.</summary>
    public DateTime? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTime? To { get; init; }

    /// <summary>Those that waited in it, in the order in which they went out.</summary>
    public Outage? Outage { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = DefaultPageSize;

    internal IQueryable<WebhookNotification> ApplyTo(AppDb db)
    {
        IQueryable<WebhookNotification> rows = db.WebhookNotifications;
        rows = View switch
        {
            NotificationView.Failed => rows.Where(row => row.Status == NotificationStatus.Dead),
            NotificationView.Waiting => rows.Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending),
            NotificationView.All => rows,
        };
        rows = Status is { } status ? rows.Where(row => row.Status == status) : rows;
        rows = Type is { } type ? rows.Where(row => row.NotificationType == type) : rows;
        rows = Trigger is { } trigger ? rows.Where(row => row.Trigger == trigger) : rows;
        rows = RunId is { } run ? rows.Where(row => row.RunId == run) : rows;
        rows = From is { } from ? rows.Where(row => (row.SentAt ?? row.CreatedAt) >= from) : rows;
        rows = To is { } to ? rows.Where(row => (row.SentAt ?? row.CreatedAt) < to) : rows;
        rows = Outage?.Waited(rows) ?? rows;
        foreach (var word in SearchText.Words(Ticket))
        {
            rows = rows.Where(row => db.Tickets.Any(ticket => ticket.Id == row.TicketId && ticket.SearchText.Contains(word)));
        }

        return rows;
    }
}
