using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The tabs over the list; null is every ticket.</summary>
public static class TicketViewTabs
{
    public static IReadOnlyList<TicketView?> All { get; } = [.. Enum.GetValues<TicketView>().Cast<TicketView?>(), null];

    public static string Name(IStringLocalizer<TicketTexts> texts, TicketView? view) => texts[$"View{Word(view)}"];

    /// <summary>Why the view holds nothing.</summary>
    public static string Empty(IStringLocalizer<TicketTexts> texts, TicketView? view) => texts[$"Empty{Word(view)}"];

    /// <summary>More than the view itself: an empty list then means « no result », not « nothing to do ».</summary>
    public static bool IsNarrowed(TicketFilter filter) =>
        filter.Statuses.Count > 0 || filter.Priorities.Count > 0 || filter.MachineId is not null || filter.Assignee is not null
        || filter.Due is not null || filter.DueBetween is not null || filter.Created is not null || filter.CreatedBetween is not null
        || filter.Reporter is not null || filter.Notified is not null || filter.IsAcknowledged is not null || !string.IsNullOrWhiteSpace(filter.Text);

    private static string Word(TicketView? view) => view?.ToString() ?? "Every";
}
