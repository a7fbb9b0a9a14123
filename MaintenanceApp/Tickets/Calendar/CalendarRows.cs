using MaintenanceApp.Tickets.Change;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>One ticket on the calendar or in its tray. Instants are UTC.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="TicketId">The number people read.</param>
/// <param name="Title">As typed.</param>
/// <param name="Status">Its icon and tint.</param>
/// <param name="Priority">Critical ones are marked.</param>
/// <param name="Machine">Null for imported tickets whose machine is gone.</param>
/// <param name="AssignedTo">Null = nobody, 0 = the team.</param>
/// <param name="AssigneeName">Null for nobody, the team and accounts that are gone.</param>
/// <param name="ScheduledDate">Null = not planned.</param>
/// <param name="CompletedAt">Null = not finished.</param>
/// <param name="SnoozedUntil">No notification before it.</param>
/// <param name="CreatedAt">For its age.</param>
/// <param name="IsOverdue">At the instant of the query, as <see cref="TicketRules"/> says.</param>
/// <param name="Version">To pass back as the expected version.</param>
public sealed record CalendarEntry(
    int Id,
    string TicketId,
    string Title,
    TicketStatus Status,
    TicketPriority Priority,
    string? Machine,
    int? AssignedTo,
    string? AssigneeName,
    DateTime? ScheduledDate,
    DateTime? CompletedAt,
    DateTime? SnoozedUntil,
    DateTime CreatedAt,
    bool IsOverdue,
    int Version)
{
    /// <summary>As <see cref="TicketRow.AssigneeHasLeft"/>.</summary>
    public bool AssigneeHasLeft { get; init; }

    public bool IsOpen => !TicketRules.IsFinished(Status);

    public PlanChange Plan => new(ScheduledDate, AssignedTo);
}

/// <summary>A ticket where it stands: on a local day, at an instant of it.</summary>
/// <param name="Entry">The ticket.</param>
/// <param name="Day">Local day of the site.</param>
/// <param name="At">UTC: the date planned, or the end of the work where the calendar shows ends.</param>
public sealed record PlacedEntry(CalendarEntry Entry, DateOnly Day, DateTime At);

/// <summary>What a period holds, in the order of time.</summary>
/// <param name="Entries">At most <see cref="CalendarQueries.MaxEntries"/>.</param>
/// <param name="IsCut">There are more.</param>
public sealed record CalendarContent(IReadOnlyList<PlacedEntry> Entries, bool IsCut)
{
    private readonly ILookup<DateOnly, PlacedEntry> byDay = Entries.ToLookup(entry => entry.Day);

    public static CalendarContent Empty { get; } = new([], false);

    public IEnumerable<PlacedEntry> On(DateOnly day) => byDay[day];

    /// <param name="day">Local.</param>
    /// <param name="person">Null = nobody, 0 = the team.</param>
    public IEnumerable<PlacedEntry> On(DateOnly day, int? person) => byDay[day].Where(entry => entry.Entry.AssignedTo == person);
}

/// <summary>Why a ticket lies in the tray.</summary>
public enum TrayReason
{
    /// <summary>Its date has passed, whatever else it lacks.</summary>
    Overdue,
    NobodyNoDate,
    NoDate,
    Nobody,
}

/// <summary>Some of the open tickets that wait for a plan.</summary>
/// <param name="Reason">What they have in common.</param>
/// <param name="Entries">At most <see cref="CalendarQueries.MaxTray"/>.</param>
/// <param name="Total">How many there are.</param>
public sealed record TrayGroup(TrayReason Reason, IReadOnlyList<CalendarEntry> Entries, int Total);

/// <summary>The tray: groups with a ticket in them, late ones first.</summary>
public sealed record CalendarTray(IReadOnlyList<TrayGroup> Groups)
{
    public static CalendarTray Empty { get; } = new([]);

    /// <summary>Passed and not finished, as every other screen counts them.</summary>
    public int Overdue => TotalOf(TrayReason.Overdue);

    /// <summary>Open, not late, and without a date or a person.</summary>
    public int ToPlan => Groups.Where(group => group.Reason != TrayReason.Overdue).Sum(group => group.Total);

    private int TotalOf(TrayReason reason) => Groups.FirstOrDefault(group => group.Reason == reason)?.Total ?? 0;
}
