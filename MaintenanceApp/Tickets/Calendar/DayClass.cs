namespace MaintenanceApp.Tickets.Calendar;

/// <summary>How a day is shaded.</summary>
public static class DayClass
{
    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary><c>today</c>, <c>past</c>, and <c>off</c> for weekends and holidays.</summary>
    public static string Of(DateOnly day, DateOnly today)
    {
        var off = IsWeekend(day) || QuebecHolidays.On(day) is not null ? " off" : "";
        return (day == today ? "today" : day < today ? "past" : "") + off;
    }
}
