using System.Globalization;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Notifications;

/// <summary>Reads the ends of a period: a local day (<c>yyyy-MM-dd</c>) or an instant in ISO 8601 with Z or an offset.</summary>
public sealed class NotificationPeriod(SiteClock site)
{
    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <param name="text">Blank = no limit.</param>
    /// <param name="start">UTC, inclusive: the beginning of a day.</param>
    public bool TryReadStart(string? text, out DateTime? start) => TryRead(text, day => site.DayOf(day).Start, out start);

    /// <param name="text">Blank = no limit.</param>
    /// <param name="end">UTC, exclusive: the end of a day.</param>
    public bool TryReadEnd(string? text, out DateTime? end) => TryRead(text, day => site.DayOf(day).End, out end);

    private static bool TryRead(string? text, Func<DateOnly, DateTime> ofDay, out DateTime? instant)
    {
        instant = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        // A plus sign that was not encoded arrives as a space.
        text = text.Trim().Replace(' ', '+');
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            instant = day.Year is > 1900 and < 9000 ? ofDay(day) : null;
        }
        else if ((text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 9)
            && DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact))
        {
            instant = exact.UtcDateTime;
        }

        return instant is not null;
    }
}
