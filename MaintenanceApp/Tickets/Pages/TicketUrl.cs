namespace MaintenanceApp.Tickets.Pages;

/// <summary>Addresses of the ticket screens. Imported numbers hold spaces and accents, so they are always encoded.</summary>
public static class TicketUrl
{
    public const string List = "/tickets";

    public const string New = "/tickets/new";

    public const string Trash = "/trash";

    public static string Of(string ticketId) => $"{List}/{Uri.EscapeDataString(ticketId)}";

    /// <summary>Every ticket that holds these words, finished ones too.</summary>
    public static string Search(string text) => $"{List}?q={Uri.EscapeDataString(text)}";

    /// <summary>The unique end of a number, for lists: <c>20251110-101</c>; the whole number where it has no such end.</summary>
    public static string Tail(string ticketId) =>
        ticketId.Split('-') is [.., { Length: 8 } day, var number] && day.All(char.IsAsciiDigit) ? $"{day}-{number}" : ticketId;
}
