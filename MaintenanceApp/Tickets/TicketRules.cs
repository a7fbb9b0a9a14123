using System.Linq.Expressions;

namespace MaintenanceApp.Tickets;

/// <summary>What words like "open" and "overdue" mean, once, for queries, screens, routes and the scan.</summary>
public static class TicketRules
{
    /// <summary>Alive and not finished: neither completed nor archived, nor in the trash.</summary>
    public static Expression<Func<Ticket, bool>> IsOpen { get; } = ticket =>
        ticket.DeletedAt == null && ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived;

    /// <summary>Planned before <paramref name="now"/> and not finished. Whether it also notifies is the rule in Overdue.</summary>
    /// <param name="now">UTC.</param>
    public static Expression<Func<Ticket, bool>> IsOverdue(DateTime now) => ticket =>
        ticket.DeletedAt == null && ticket.ScheduledDate < now &&
        ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived;

    /// <summary>The same for a ticket already read.</summary>
    /// <param name="status">The ticket's status.</param>
    /// <param name="scheduledDate">UTC; null = not planned, never overdue.</param>
    /// <param name="now">UTC.</param>
    public static bool IsOverdue(TicketStatus status, DateTime? scheduledDate, DateTime now) =>
        scheduledDate < now && status is not (TicketStatus.Completed or TicketStatus.Archived);
}
