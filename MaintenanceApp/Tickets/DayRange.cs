using System.Globalization;

namespace MaintenanceApp.Tickets;

/// <summary>Local days from one to another, both included; one end may be open. Written <c>2026-11-01..2026-11-30</c>.</summary>
/// <param name="From">Null = from the beginning.</param>
/// <param name="To">Null = without end.</param>
public sealed record DayRange(DateOnly? From, DateOnly? To)
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>False for what is no range, for two open ends and for an end before its beginning.</summary>
    public static bool TryParse(string? text, out DayRange range)
    {
        range = new DayRange(null, null);
        if ((text ?? "").Trim().Split("..") is not [var first, var last] || !TryDay(first, out var from) || !TryDay(last, out var to))
        {
            return false;
        }

        range = new DayRange(from, to);
        return (from is not null || to is not null) && !(from > to);
    }

    public override string ToString() => $"{Word(From)}..{Word(To)}";

    private static string Word(DateOnly? day) => day?.ToString(Format, CultureInfo.InvariantCulture) ?? "";

    private static bool TryDay(string text, out DateOnly? day)
    {
        day = null;
        if (text.Length == 0)
        {
            return true;
        }

        // Years as TicketDates takes them: beyond these, the change to UTC would leave the calendar.
        var isDay = DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Year is >= 2000 and <= 2100;
        day = isDay ? read : null;
        return isDay;
    }
}
