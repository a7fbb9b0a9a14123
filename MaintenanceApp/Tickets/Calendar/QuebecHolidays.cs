namespace MaintenanceApp.Tickets.Calendar;

/// <summary>The eight statutory holidays of Québec, in the order of the year.</summary>
public enum QuebecHoliday
{
    NewYear,
    GoodFriday,
    PatriotsDay,
    NationalHoliday,
    CanadaDay,
    LabourDay,
    Thanksgiving,
    Christmas,
}

/// <summary>
/// The days a plant in Québec does not normally work. Seven are in section 60 of the Act respecting labour standards
/// (CQLR, N-1.1), the eighth is the National Holiday Act (CQLR, F-1.1). Where the law lets the employer choose between
/// Good Friday and Easter Monday, this is Good Friday.
/// </summary>
public static class QuebecHolidays
{
    /// <summary>The holiday on that day; null for an ordinary day.</summary>
    public static QuebecHoliday? On(DateOnly day)
    {
        foreach (var (date, holiday) in Of(day.Year))
        {
            if (date == day)
            {
                return holiday;
            }
        }

        return null;
    }

    /// <param name="year">Of the Gregorian calendar.</param>
    public static IReadOnlyList<(DateOnly Day, QuebecHoliday Holiday)> Of(int year) =>
    [
        (new(year, 1, 1), QuebecHoliday.NewYear),
        (Easter(year).AddDays(-2), QuebecHoliday.GoodFriday),

        // The Monday before 25 May.
        (LastOn(DayOfWeek.Monday, new(year, 5, 24)), QuebecHoliday.PatriotsDay),

        // Both move to the next day for whom does not work on Sundays (F-1.1 s. 2, N-1.1 s. 60).
        (NotOnSunday(new(year, 6, 24)), QuebecHoliday.NationalHoliday),
        (NotOnSunday(new(year, 7, 1)), QuebecHoliday.CanadaDay),
        (LastOn(DayOfWeek.Monday, new(year, 9, 7)), QuebecHoliday.LabourDay),
        (LastOn(DayOfWeek.Monday, new(year, 10, 14)), QuebecHoliday.Thanksgiving),
        (new(year, 12, 25), QuebecHoliday.Christmas),
    ];

    /// <summary>Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).</summary>
    public static DateOnly Easter(int year)
    {
        var moon = year % 19;
        var (century, inCentury) = (year / 100, year % 100);
        var lunarCorrection = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * moon) + century - (century / 4) - lunarCorrection + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var late = (moon + (11 * epact) + (22 * weekday)) / 451;
        var place = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, place / 31, (place % 31) + 1);
    }

    /// <summary>The last such weekday up to and with <paramref name="day"/>.</summary>
    private static DateOnly LastOn(DayOfWeek weekday, DateOnly day) => day.AddDays(-((day.DayOfWeek - weekday + 7) % 7));

    private static DateOnly NotOnSunday(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day;
}
