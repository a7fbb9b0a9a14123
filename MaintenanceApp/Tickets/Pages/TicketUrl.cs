using System.Globalization;
using MaintenanceApp.Tickets.Files;
using Microsoft.AspNetCore.WebUtilities;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Addresses of the ticket screens. Imported numbers hold spaces and accents, so they are always encoded.</summary>
public static class TicketUrl
{
    public const string List = "/tickets";

    public const string New = "/tickets/new";

    public const string Trash = "/trash";

    /// <summary>A page of the trash, or of what is found in it.</summary>
    public static string TrashOf(string? search, int page) => QueryHelpers.AddQueryString(
        Trash,
        new Dictionary<string, string?> { ["q"] = search, ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null });

    public static string Of(string ticketId) => $"{List}/{Uri.EscapeDataString(ticketId)}";

    /// <summary>The same, opened from a view: with its address the page offers the way back, the row before and the row after.</summary>
    public static string Of(string ticketId, string? from) => from is null ? Of(ticketId) : $"{Of(ticketId)}?from={Uri.EscapeDataString(from)}";

    /// <summary>The sheet of paper that goes to the machine.</summary>
    public static string Print(string ticketId) => $"{Of(ticketId)}/print";

    /// <summary>The file itself.</summary>
    public static string File(TicketFileRow file) => string.Create(CultureInfo.InvariantCulture, $"/api/tickets/{file.TicketId}/files/{file.Id}");

    /// <summary>The small picture of a photo.</summary>
    public static string Thumbnail(TicketFileRow file) => $"{File(file)}/thumbnail";

    /// <summary>Every ticket that holds these words, finished ones too.</summary>
    public static string Search(string text) => $"{List}?q={Uri.EscapeDataString(text)}";

    /// <summary>The unique end of a number, for lists: <c>20251110-101</c>; the whole number where it has no such end.</summary>
    public static string Tail(string ticketId) =>
        ticketId.Split('-') is [.., { Length: 8 } day, var number] && day.All(char.IsAsciiDigit) ? $"{day}-{number}" : ticketId;
}
