namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>Texts of the ticket list beyond those it shares with the ticket's page.</summary>
public sealed class ListTexts;
