using System.Globalization;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Calendar;

namespace MaintenanceApp.Tests.Tickets.Calendar;

public sealed class CalendarUrlTests
{
    [Theory]
    [InlineData("/calendar")]
    [InlineData("/calendar?mode=planner&week=2025-W46")]
    [InlineData("/calendar?mode=week&week=2026-W53")]
    [InlineData("/calendar?mode=month&month=2025-11")]
    [InlineData("/calendar?mode=agenda&day=2025-11-12")]
    [InlineData("/calendar?mode=planner&day=2025-11-10&person=3")]
    [InlineData("/calendar?mode=planner&person=none&people=all&tray=oldest&tray_q=pompe%20usée")]
    [InlineData("/calendar?mode=month&date=completed&view=all_open&q=fuite&status=received,in_progress&machine=5&assignee=mine")]
    public void An_address_is_read_back_as_it_was_written(string address) =>
        Uri.UnescapeDataString(CalendarUrl.Parse(address).ToString()).ShouldBe(Uri.UnescapeDataString(address));

    [Theory]
    [InlineData("/calendar?mode=grid", "mode=grid")]
    [InlineData("/calendar?week=2025-W54", "week=2025-W54")]
    [InlineData("/calendar?week=46", "week=46")]
    [InlineData("/calendar?day=2025-02-30", "day=2025-02-30")]
    [InlineData("/calendar?day=1999-12-31", "day=1999-12-31")]
    [InlineData("/calendar?month=2025-13", "month=2025-13")]
    [InlineData("/calendar?date=due", "date=due")]
    [InlineData("/calendar?tray=alphabet", "tray=alphabet")]
    [InlineData("/calendar?status=foo", "status=foo")]
    [InlineData("/calendar?view=foo", "view=foo")]
    public void What_means_nothing_is_named_and_left_aside(string address, string ignored)
    {
        var url = CalendarUrl.Parse(address);
        url.Ignored.ShouldBe([ignored]);
        url.ToString().ShouldBe("/calendar");
    }

    [Fact]
    public void The_order_and_the_page_of_a_list_mean_nothing_here_and_are_no_mistake() =>
        CalendarUrl.Parse("/calendar?sort=-priority&page=3&size=99").Ignored.ShouldBeEmpty();

    [Fact]
    public void Without_a_view_it_shows_finished_tickets_too() => CalendarUrl.Parse("/calendar?machine=2").Filter.View.ShouldBeNull();

    [Theory]
    [InlineData("/calendar?week=2025-W46", DayOfWeek.Sunday, "2025-11-09", 46)]
    [InlineData("/calendar?week=2025-W46", DayOfWeek.Monday, "2025-11-10", 46)]
    [InlineData("/calendar?day=2025-11-09", DayOfWeek.Sunday, "2025-11-09", 46)]
    [InlineData("/calendar?day=2025-11-09", DayOfWeek.Monday, "2025-11-03", 45)]
    [InlineData("/calendar?week=2026-W01", DayOfWeek.Sunday, "2025-12-28", 1)]
    [InlineData("/calendar?week=2020-W53", DayOfWeek.Sunday, "2020-12-27", 53)]
    public void A_week_is_the_one_its_monday_is_in_whatever_day_the_rows_begin_with(string address, DayOfWeek firstDay, string start, int number)
    {
        var period = CalendarPeriod.Of(CalendarMode.Planner, CalendarUrl.Parse(address).Day!.Value, firstDay);
        (period.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), period.WeekNumber, period.Days.Count()).ShouldBe((start, number, 7));
        CalendarPeriod.Of(CalendarMode.Planner, period.Name, firstDay).ShouldBe(period);
        CalendarPeriod.Of(CalendarMode.Planner, period.Next, firstDay).Previous.ShouldBe(period.Name);
        CalendarPeriod.Of(CalendarMode.Planner, period.Next, firstDay).Start.ShouldBe(period.End);
    }

    [Fact]
    public void A_month_is_whole_weeks()
    {
        var period = CalendarPeriod.Of(CalendarMode.Month, new DateOnly(2025, 11, 12), DayOfWeek.Sunday);
        (period.Start, period.End, period.Focus).ShouldBe((new DateOnly(2025, 10, 26), new DateOnly(2025, 12, 7), new DateOnly(2025, 11, 1)));
        (period.Previous, period.Next).ShouldBe((new DateOnly(2025, 10, 1), new DateOnly(2025, 12, 1)));
    }
}
