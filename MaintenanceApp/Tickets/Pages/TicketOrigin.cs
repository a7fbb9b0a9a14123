using MaintenanceApp.Hosting;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// The view a ticket was opened from, as <c>?from=/tickets?view=overdue</c> says: the way back, and the row before and
/// after. Only addresses of this site are believed.
/// </summary>
public static class TicketOrigin
{
    private const int MaxLength = 2000;

    /// <summary>The address where it is a path of this site, else null.</summary>
    public static string? LocalOrNull(string? from) =>
        from is { Length: > 1 and <= MaxLength } && LocalUrl.OrHome(from) == from ? from : null;

    /// <summary>The list it was opened from, its filter and sort; null where it was no list.</summary>
    public static TicketListUrl? List(string? from) =>
        LocalOrNull(from) is { } local && local.Split('?', '#')[0] == TicketUrl.List ? TicketListUrl.Parse(local) : null;
}
