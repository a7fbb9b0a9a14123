using System.Text.RegularExpressions;

namespace MaintenanceApp.Tickets;

/// <summary>An address of a ticket, as people paste it into a search box: what they mean is its number.</summary>
internal static partial class PastedNumber
{
    /// <summary>The text with every address of a ticket replaced by the number in it.</summary>
    public static string Unwrap(string? text) => Address().Replace(text ?? "", address => Uri.UnescapeDataString(address.Groups["number"].Value));

    [GeneratedRegex(@"(https?://\S+?)?/tickets/(?<number>[^/?#\s]+)\S*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
