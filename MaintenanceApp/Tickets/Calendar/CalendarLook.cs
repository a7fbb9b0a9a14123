namespace MaintenanceApp.Tickets.Calendar;

/// <summary>Class and icon of a ticket on the calendar, the same vocabulary as the pills (look.md §4).</summary>
public static class CalendarLook
{
    public static (string Class, string Icon) Of(CalendarEntry entry) => entry switch
    {
        { IsOverdue: true } => ("late", "alarm"),
        { Status: TicketStatus.Received } => ("received", "circle"),
        { Status: TicketStatus.Diagnostic } => ("diagnostic", "search"),
        { Status: TicketStatus.InProgress } => ("progress", "player-play-fill"),
        { Status: TicketStatus.WaitingParts } => ("waiting", "player-pause-fill"),
        { Status: TicketStatus.Completed } => ("done", "check"),
        { Status: TicketStatus.Archived } => ("archived", "archive"),
    };
}
