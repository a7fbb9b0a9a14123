using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Operations;

/// <summary>What needs somebody now, read at one instant. Instants are UTC.</summary>
/// <param name="Counts">As the views of the ticket list count them.</param>
/// <param name="OldestDue">Date of the most overdue ticket.</param>
/// <param name="NextDueToday">The next date that has not passed yet, today.</param>
/// <param name="NextDue">The next date at all; null when nothing else is planned.</param>
/// <param name="UnassignedCritical">Of the unassigned ones.</param>
/// <param name="ByStatus">Open tickets by status; every open status is present.</param>
/// <param name="Todo">At most <see cref="OverviewQueries.TodoSize"/>: late ones by priority then age, then due soon and not started, then unassigned critical ones.</param>
/// <param name="TodoTotal">How many such tickets there are.</param>
/// <param name="Machines">Those with late tickets first, then by open tickets.</param>
/// <param name="Notifications">The latest.</param>
public sealed record Overview(
    TicketCounts Counts,
    DateTime? OldestDue,
    DateTime? NextDueToday,
    DateTime? NextDue,
    int UnassignedCritical,
    IReadOnlyDictionary<TicketStatus, int> ByStatus,
    IReadOnlyList<TodoRow> Todo,
    int TodoTotal,
    IReadOnlyList<OverviewMachine> Machines,
    IReadOnlyList<OverviewNotification> Notifications)
{
    /// <summary>Open tickets of people who left, as the list's <see cref="AssigneeFilter.Left"/> finds them.</summary>
    public int OfPeopleWhoLeft { get; init; }
}

/// <summary>One ticket to deal with.</summary>
public sealed record TodoRow(
    int Id, string TicketId, string Title, TicketPriority Priority, TicketStatus Status, string? Machine,
    int? AssignedTo, string? AssigneeName, DateTime? ScheduledDate, DateTime? SnoozedUntil, DateTime CreatedAt, int Version)
{
    /// <summary>As <see cref="TicketRow.AssigneeHasLeft"/>.</summary>
    public bool AssigneeHasLeft { get; init; }
}

/// <summary>One machine and how its tickets stand.</summary>
public sealed record OverviewMachine(int Id, string Name, MachineStatus Status, int Open, int Overdue);

/// <summary>One of the latest notifications; At is its last attempt, or the writing of the row before the first.</summary>
public sealed record OverviewNotification(
    int Id, string TicketId, string Title, NotificationStatus Status, int AttemptCount, int? ResponseStatus, DateTime At, DateTime? NextAttemptAt, bool IsAside);
