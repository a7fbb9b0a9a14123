using System.Globalization;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// A due date as two inputs show it: a local day and, optionally, a local time. Without a time it is the last second of
/// the day, as <see cref="TicketDates"/> stores it.
/// </summary>
/// <param name="Day"><c>yyyy-MM-dd</c>; blank = no date.</param>
/// <param name="Time"><c>HH:mm</c>; blank = until midnight.</param>
public sealed record TicketDay(string Day, string Time)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string TimeFormat = "HH:mm";

    public static TicketDay None { get; } = new("", "");

    /// <param name="clock">The site's zone.</param>
    /// <param name="due">UTC.</param>
    public static TicketDay Of(SiteClock clock, DateTime? due) => due is not { } at ? None : new(
        clock.ToLocal(at).ToString(DayFormat, CultureInfo.InvariantCulture),
        IsWhole(clock, at) ? "" : clock.ToLocal(at).ToString(TimeFormat, CultureInfo.InvariantCulture));

    public static TicketDay Of(DateOnly day) => new(day.ToString(DayFormat, CultureInfo.InvariantCulture), "");

    /// <summary>Shown without a time: the end of its day.</summary>
    public static bool IsWhole(SiteClock clock, DateTime due) => clock.ToLocal(due).TimeOfDay >= new TimeSpan(23, 59, 0);

    /// <summary>The next Monday after today.</summary>
    public static DateOnly NextMonday(DateOnly today) => today.AddDays(((7 + DayOfWeek.Monday - today.DayOfWeek - 1) % 7) + 1);

    /// <summary>False for a day or a time that is not one, or a time without a day.</summary>
    /// <param name="clock">The site's zone.</param>
    /// <param name="dates">The end of a day.</param>
    /// <param name="due">UTC; null = no date.</param>
    public bool TryRead(SiteClock clock, TicketDates dates, out DateTime? due)
    {
        due = null;
        if (string.IsNullOrWhiteSpace(Day))
        {
            return string.IsNullOrWhiteSpace(Time);
        }

        if (!DateOnly.TryParseExact(Day.Trim(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || !TicketDates.IsValid(Day))
        {
            return false;
        }

        if (string.IsNullOrWhiteSpace(Time))
        {
            due = dates.EndOf(day);
            return true;
        }

        // Some browsers add seconds.
        var isTime = TimeOnly.TryParseExact(Time.Trim()[..Math.Min(5, Time.Trim().Length)], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        due = isTime ? clock.ToUtc(day.ToDateTime(time)) : null;
        return isTime;
    }
}
