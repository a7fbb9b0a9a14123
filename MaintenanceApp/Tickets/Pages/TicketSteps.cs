namespace MaintenanceApp.Tickets.Pages;

/// <summary>The one step a late ticket most likely needs: start it, or finish it.</summary>
public static class TicketSteps
{
    public static TicketStatus Next(TicketStatus status) => TicketRules.IsStarted(status) ? TicketStatus.Completed : TicketStatus.InProgress;

    /// <summary>The key of the button's word.</summary>
    public static string Verb(TicketStatus status) => TicketRules.IsStarted(status) ? "Finish" : "Start";

    public static string Icon(TicketStatus status) => TicketRules.IsStarted(status) ? "check" : "player-play-fill";
}
