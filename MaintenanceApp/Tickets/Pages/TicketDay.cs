using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// A due date as two fields hold it: a local day and, optionally, a local time. Without a time it is the last second of
/// the day, as <see cref="TicketDates"/> stores it.
/// </summary>
/// <param name="Day"><c>yyyy-MM-dd</c>, or what was typed; blank = no date.</param>
/// <param name="Time"><c>HH:mm</c>, or what was typed; blank = until midnight.</param>
public sealed record TicketDay(string Day, string Time)
{
    public static TicketDay None { get; } = new("", "");

    /// <param name="clock">The site's zone.</param>
    /// <param name="due">UTC.</param>
    public static TicketDay Of(SiteClock clock, DateTime? due) => due is not { } at ? None : new(
        TypedDay.Of(DateOnly.FromDateTime(clock.ToLocal(at))),
        IsWhole(clock, at) ? "" : TypedTime.Of(TimeOnly.FromDateTime(clock.ToLocal(at))));

    public static TicketDay Of(DateOnly day) => new(TypedDay.Of(day), "");

    /// <summary>Shown without a time: the end of its day.</summary>
    public static bool IsWhole(SiteClock clock, DateTime due) => clock.ToLocal(due).TimeOfDay >= new TimeSpan(23, 59, 0);

    /// <summary>The next Monday after today.</summary>
    public static DateOnly NextMonday(DateOnly today) => TypedDay.Next(DayOfWeek.Monday, today);

    /// <summary>False for a day or a time that cannot be read, or a time without a day.</summary>
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

        if (TypedDay.Read(Day, clock.Today, CultureInfo.CurrentUICulture) is not { } day)
        {
            return false;
        }

        if (string.IsNullOrWhiteSpace(Time))
        {
            due = dates.EndOf(day);
            return true;
        }

        due = TypedTime.Read(Time) is { } time ? clock.ToUtc(day.ToDateTime(time)) : null;
        return due is not null;
    }
}
