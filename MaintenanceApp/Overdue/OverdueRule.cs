using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Overdue;

/// <summary>
/// The rule "this ticket notifies", once: used by the scan, the dry run, the check before each attempt and the
/// explanation. "Overdue" as screens count it is <see cref="TicketRules"/>, a wider set.
/// </summary>
public static class OverdueRule
{
    /// <summary>Rules 1 to 3: planned and passed, assigned (0 = the team counts), not started; and not in the trash.</summary>
    public static Expression<Func<Ticket, bool>> IsDue(DateTime now) => ticket =>
        ticket.DeletedAt == null
        && ticket.ScheduledDate < now
        && ticket.AssignedTo != null
        && TicketRules.NotifyingStatuses.Contains(ticket.Status);

    /// <summary>Rule 4, as far as the ticket knows; a pause stops the scan as a whole.</summary>
    public static Expression<Func<Ticket, bool>> IsAwake(DateTime now) => ticket =>
        ticket.SnoozedUntil == null || ticket.SnoozedUntil <= now;

    /// <summary>
    /// Rule 5: a notification that keeps its ticket silent. Waiting ones always do, accepted ones for
    /// <paramref name="repeatAfter"/>, dead ones as long unless the endpoint has changed since.
    /// </summary>
    public static Expression<Func<WebhookNotification, bool>> Silences(DateTime now, TimeSpan repeatAfter, string? url)
    {
        var since = now - repeatAfter;
        return notification =>
            notification.NotificationType == WebhookNotification.OverdueScheduled
            && (notification.Status == NotificationStatus.Pending
                || notification.Status == NotificationStatus.Sending
                || (notification.Status == NotificationStatus.Delivered && notification.SentAt > since)
                || (notification.Status == NotificationStatus.Dead && notification.CreatedAt > since && notification.WebhookUrl == url));
    }

    /// <summary>All five rules as one statement: the tickets a scan at <paramref name="now"/> would write to the outbox.</summary>
    public static IQueryable<Ticket> Notifying(AppDb db, DateTime now, TimeSpan repeatAfter, string? url)
    {
        var silencing = db.WebhookNotifications.Where(Silences(now, repeatAfter, url));
        return db.Tickets
            .Where(IsDue(now))
            .Where(IsAwake(now))
            .Where(ticket => !silencing.Any(notification => notification.TicketId == ticket.Id));
    }

    /// <summary>0 first: what waits in the outbox goes out in this order.</summary>
    public static int UrgencyOf(TicketPriority priority) => priority switch
    {
        TicketPriority.Critical => 0,
        TicketPriority.High => 1,
        TicketPriority.Medium => 2,
        TicketPriority.Low => 3,
    };

    /// <summary>By priority, then the oldest date: the outbox is sent in the order it was written.</summary>
    public static IQueryable<Ticket> MostUrgentFirst(IQueryable<Ticket> tickets) => tickets
        .OrderBy(ticket => ticket.Priority == TicketPriority.Critical ? 0
            : ticket.Priority == TicketPriority.High ? 1
            : ticket.Priority == TicketPriority.Medium ? 2 : 3)
        .ThenBy(ticket => ticket.ScheduledDate)
        .ThenBy(ticket => ticket.Id);
}
