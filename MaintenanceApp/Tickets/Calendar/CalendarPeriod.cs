using System.Globalization;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>What the calendar is drawn as; its snake_case word is the one of the address.</summary>
public enum CalendarMode
{
    /// <summary>People × the days of a week.</summary>
    Planner,
    Week,
    Month,

    /// <summary>A list by day: the default on a phone.</summary>
    Agenda,
}

/// <summary>The days on the screen, local days of the site.</summary>
/// <param name="Mode">How they are drawn.</param>
/// <param name="Start">First day shown.</param>
/// <param name="End">The day after the last one shown.</param>
/// <param name="Focus">The first of the month that is shown; otherwise <paramref name="Start"/>.</param>
public sealed record CalendarPeriod(CalendarMode Mode, DateOnly Start, DateOnly End, DateOnly Focus)
{
    private const int DaysInWeek = 7;

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, End.DayNumber - Start.DayNumber).Select(Start.AddDays);

    public IEnumerable<DateOnly[]> Weeks => Days.Chunk(DaysInWeek);

    /// <summary>What its address names: the first of the month, the Monday of the week, the agenda's first day.</summary>
    public DateOnly Name => Mode switch
    {
        CalendarMode.Month or CalendarMode.Agenda => Focus,
        CalendarMode.Planner or CalendarMode.Week => Start.AddDays((DayOfWeek.Monday - Start.DayOfWeek + DaysInWeek) % DaysInWeek),
    };

    /// <summary>The name of the period before.</summary>
    public DateOnly Previous => Mode == CalendarMode.Month ? Focus.AddMonths(-1) : Name.AddDays(-DaysInWeek);

    /// <summary>The name of the period after.</summary>
    public DateOnly Next => Mode == CalendarMode.Month ? Focus.AddMonths(1) : Name.AddDays(DaysInWeek);

    /// <summary>ISO 8601, of the Monday shown.</summary>
    public int WeekNumber => ISOWeek.GetWeekOfYear(Name.ToDateTime(TimeOnly.MinValue));

    /// <summary>The period that holds <paramref name="day"/>; the agenda begins with it.</summary>
    /// <param name="mode">How it is drawn.</param>
    /// <param name="day">A local day.</param>
    /// <param name="firstDay">The weekday a row begins with.</param>
    public static CalendarPeriod Of(CalendarMode mode, DateOnly day, DayOfWeek firstDay)
    {
        if (mode == CalendarMode.Month)
        {
            var first = new DateOnly(day.Year, day.Month, 1);
            return new(mode, WeekStart(first, firstDay), WeekStart(first.AddMonths(1).AddDays(-1), firstDay).AddDays(DaysInWeek), first);
        }

        var start = mode == CalendarMode.Agenda ? day : WeekStart(day, firstDay);
        return new(mode, start, start.AddDays(DaysInWeek), start);
    }

    public bool Contains(DateOnly day) => day >= Start && day < End;

    private static DateOnly WeekStart(DateOnly day, DayOfWeek firstDay) => day.AddDays(-((day.DayOfWeek - firstDay + DaysInWeek) % DaysInWeek));
}
