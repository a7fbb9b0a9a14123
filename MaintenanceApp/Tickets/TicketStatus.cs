namespace MaintenanceApp.Tickets;

/// <summary>Life cycle of a ticket, in the order of the board's columns. Stored as snake_case text (<c>in_progress</c>).</summary>
public enum TicketStatus
{
    Received,
    Diagnostic,
    InProgress,
    WaitingParts,
    Completed,
    Archived,
}

/// <summary>How urgent a ticket is, from least to most. Stored as lower-case text.</summary>
public enum TicketPriority
{
    Low,
    Medium,
    High,
    Critical,
}
