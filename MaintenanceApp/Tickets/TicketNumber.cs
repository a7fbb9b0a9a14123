using System.Globalization;
using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets;

/// <summary>
/// The tail of a ticket's number, <c>20261122-001</c>: the local day and the running number within it over all
/// machines, so that people can say the tail alone.
/// </summary>
/// <param name="Day">Local day as <c>yyyyMMdd</c>.</param>
/// <param name="InDay">From 1.</param>
public readonly record struct TicketNumber(int Day, int InDay)
{
    private const int PartMaxLength = 30;

    /// <summary>Of a number given elsewhere: more is no running number of a day.</summary>
    private const int InDayMaxLength = 6;

    public static int DayOf(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;

    /// <summary>The whole number, such as <c>IGP-FOUR-20261122-001</c>: capitals without accents or spaces.</summary>
    public string With(string siteName, string machineType) => string.Create(
        CultureInfo.InvariantCulture, $"{Part(siteName, "SITE")}-{Part(machineType, "MACHINE")}-{Day:00000000}-{InDay:000}");

    /// <summary>The tail of a number that was given elsewhere (imported) and looks like ours; null for any other.</summary>
    public static TicketNumber? TailOf(string ticketId) =>
        ticketId.Split('-') is [.., { Length: 8 } day, { Length: <= InDayMaxLength } inDay]
            && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var local) && int.TryParse(inDay, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new TicketNumber(local, number)
            : null;

    private static string Part(string words, string otherwise)
    {
        var letters = SearchText.Fold(words).Where(char.IsAsciiLetterOrDigit).Take(PartMaxLength).ToArray();
        return letters.Length == 0 ? otherwise : new string(letters).ToUpperInvariant();
    }
}
