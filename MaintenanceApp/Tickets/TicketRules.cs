using System.Linq.Expressions;

namespace MaintenanceApp.Tickets;

/// <summary>
/// What words like "open", "overdue" and "not started" mean, once, for queries, screens, routes and the scan. Which
/// statuses belong together is said nowhere else (a test of the architecture).
/// </summary>
public static class TicketRules
{
    /// <summary>Work that may notify: nobody has started it (rule 3 of the notifier). Whether it does is the rule in Overdue.</summary>
    public static IReadOnlyList<TicketStatus> NotifyingStatuses { get; } = [TicketStatus.Received, TicketStatus.Diagnostic];

    /// <summary>In the order of the board.</summary>
    public static IReadOnlyList<TicketStatus> OpenStatuses { get; } = [.. NotifyingStatuses, TicketStatus.InProgress, TicketStatus.WaitingParts];

    public static IReadOnlyList<TicketStatus> FinishedStatuses { get; } = [TicketStatus.Completed, TicketStatus.Archived];

    /// <summary>Alive and not finished: neither completed nor archived, nor in the trash.</summary>
    public static Expression<Func<Ticket, bool>> IsOpen { get; } = ticket =>
        ticket.DeletedAt == null && ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived;

    /// <summary>
    /// The same but for the trash, asked for by the statuses it may have, which the index of the views answers; that it is
    /// not a closed one would be a walk through every ticket there ever was.
    /// </summary>
    public static Expression<Func<Ticket, bool>> HasOpenStatus { get; } = ticket =>
        ticket.Status == TicketStatus.Received || ticket.Status == TicketStatus.Diagnostic
        || ticket.Status == TicketStatus.InProgress || ticket.Status == TicketStatus.WaitingParts;

    public static bool IsFinished(TicketStatus status) => FinishedStatuses.Contains(status);

    /// <summary>Neither started nor finished: see <see cref="NotifyingStatuses"/>.</summary>
    public static bool MayNotify(TicketStatus status) => NotifyingStatuses.Contains(status);

    /// <summary>Somebody is on it: it is open and does not notify.</summary>
    public static bool IsStarted(TicketStatus status) => !IsFinished(status) && !MayNotify(status);

    /// <summary>Planned before <paramref name="now"/> and not finished. Whether it also notifies is the rule in Overdue.</summary>
    /// <param name="now">UTC.</param>
    public static Expression<Func<Ticket, bool>> IsOverdue(DateTime now) => ticket =>
        ticket.DeletedAt == null && ticket.ScheduledDate < now &&
        ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived;

    /// <summary>The other tickets that are not in the trash.</summary>
    /// <param name="now">UTC.</param>
    public static Expression<Func<Ticket, bool>> IsNotOverdue(DateTime now) => ticket =>
        ticket.ScheduledDate == null || ticket.ScheduledDate >= now || ticket.Status == TicketStatus.Completed || ticket.Status == TicketStatus.Archived;

    /// <summary>The same as <see cref="IsOverdue(DateTime)"/> for a ticket already read.</summary>
    /// <param name="status">The ticket's status.</param>
    /// <param name="scheduledDate">UTC; null = not planned, never overdue.</param>
    /// <param name="now">UTC.</param>
    public static bool IsOverdue(TicketStatus status, DateTime? scheduledDate, DateTime now) => scheduledDate < now && !IsFinished(status);
}
