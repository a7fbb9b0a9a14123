namespace MaintenanceApp.Tickets;

/// <summary>Marker for the words of the ticket screens.</summary>
public sealed class TicketTexts;
