namespace MaintenanceApp.Tickets.Board;

/// <summary>A column's colour class and icon: the same as of the status pill.</summary>
public sealed record ColumnLook(string Class, string Icon)
{
    public static ColumnLook Of(TicketStatus status) => status switch
    {
        TicketStatus.Received => new("received", "circle"),
        TicketStatus.Diagnostic => new("diagnostic", "search"),
        TicketStatus.InProgress => new("progress", "player-play-fill"),
        TicketStatus.WaitingParts => new("waiting", "player-pause-fill"),
        TicketStatus.Completed => new("done", "check"),
        TicketStatus.Archived => new("archived", "archive"),
    };
}
