using System.Globalization;
using MaintenanceApp.Tickets.Calendar;

namespace MaintenanceApp.Tests.Tickets.Calendar;

public sealed class QuebecHolidaysTests
{
    /// <summary>Published tables: https://www.census.gov/data/software/x13as/genhol/easter-dates.html and the calendars of these years.</summary>
    [Theory]
    [InlineData("1961-04-02")]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2038-04-25")]
    [InlineData("2285-03-22")]
    public void Easter_is_when_the_tables_say(string day)
    {
        var expected = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        QuebecHolidays.Easter(expected.Year).ShouldBe(expected);
    }

    [Theory]
    [InlineData(2025, "01-01 04-18 05-19 06-24 07-01 09-01 10-13 12-25")]
    [InlineData(2026, "01-01 04-03 05-18 06-24 07-01 09-07 10-12 12-25")]
    [InlineData(2020, "01-01 04-10 05-18 06-24 07-01 09-07 10-12 12-25")]
    [InlineData(2024, "01-01 03-29 05-20 06-24 07-01 09-02 10-14 12-25")]
    public void A_year_has_eight(int year, string days) =>
        string.Join(' ', QuebecHolidays.Of(year).Select(holiday => holiday.Day.ToString("MM-dd", CultureInfo.InvariantCulture))).ShouldBe(days);

    [Fact]
    public void What_falls_on_a_sunday_is_kept_the_day_after()
    {
        QuebecHolidays.On(new DateOnly(2029, 6, 25)).ShouldBe(QuebecHoliday.NationalHoliday);
        QuebecHolidays.On(new DateOnly(2029, 6, 24)).ShouldBeNull();
        QuebecHolidays.On(new DateOnly(2029, 7, 2)).ShouldBe(QuebecHoliday.CanadaDay);
    }

    [Fact]
    public void Every_year_of_two_centuries_has_eight_different_ones_and_easter_is_a_sunday_in_season()
    {
        for (var year = 1950; year <= 2150; year++)
        {
            QuebecHolidays.Of(year).Select(holiday => holiday.Day).Distinct().Count().ShouldBe(8);
            var easter = QuebecHolidays.Easter(year);
            easter.DayOfWeek.ShouldBe(DayOfWeek.Sunday);
            (easter >= new DateOnly(year, 3, 22) && easter <= new DateOnly(year, 4, 25)).ShouldBeTrue($"{easter}");
        }
    }
}
