using System.Globalization;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Calendar;
using MaintenanceApp.Tickets.Change;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets.Calendar;

public sealed class PlanDatesTests
{
    private static readonly SiteClock Site = new(new FakeClock(), Options.Create(new SiteOptions()));
    private static readonly PlanDates Dates = new(Site, new TicketDates(Site));

    [Theory]
    [InlineData("2025-11-01 09:30", "2025-11-03", "2025-11-03 09:30")] // back to standard time on the 2nd
    [InlineData("2026-03-07 16:00", "2026-03-09", "2026-03-09 16:00")] // forward on the 8th
    [InlineData("2026-03-07 02:30", "2026-03-08", "2026-03-08 03:30")] // this half hour does not exist
    [InlineData("2025-11-01 23:59:59", "2025-11-02", "2025-11-02 23:59:59")] // a day of 25 hours
    public void The_local_time_of_day_is_kept(string from, string day, string to) =>
        Site.ToLocal(Dates.Move(Local(from), DateOnly.Parse(day, CultureInfo.InvariantCulture))).ShouldBe(DateTime.Parse(to, CultureInfo.InvariantCulture));

    [Fact]
    public void Both_hours_that_are_called_the_same_stay_what_they_are_on_their_own_day()
    {
        var second = new DateTime(2025, 11, 2, 6, 30, 0, DateTimeKind.Utc);
        Dates.Move(second, new DateOnly(2025, 11, 2)).ShouldBe(second);
    }

    [Fact]
    public void Without_a_time_a_day_lasts_to_its_end()
    {
        Dates.Move(null, new DateOnly(2025, 11, 2)).ShouldBe(new DateTime(2025, 11, 3, 4, 59, 59, DateTimeKind.Utc));
        Dates.Move(null, new DateOnly(2026, 3, 8)).ShouldBe(new DateTime(2026, 3, 9, 3, 59, 59, DateTimeKind.Utc));
    }

    [Theory]
    [InlineData(TicketStatus.Received, 48, 0, null, null, ForecastKind.Armed, 48)]
    [InlineData(TicketStatus.Received, 10, 0, null, -1, ForecastKind.Armed, 23)] // an hour ago: silent for 23 more
    [InlineData(TicketStatus.Diagnostic, 10, 0, 30, null, ForecastKind.Armed, 30)]
    [InlineData(TicketStatus.Received, -1, 0, null, null, ForecastKind.NextScan, null)]
    [InlineData(TicketStatus.Received, -1, null, null, null, ForecastKind.Nobody, null)]
    [InlineData(TicketStatus.Received, null, 0, null, null, ForecastKind.NoDate, null)]
    [InlineData(TicketStatus.InProgress, 48, 0, null, null, ForecastKind.Started, null)]
    [InlineData(TicketStatus.WaitingParts, -1, 0, null, null, ForecastKind.Started, null)]
    [InlineData(TicketStatus.Completed, 48, 0, null, null, ForecastKind.Closed, null)]
    public void What_a_plan_means_for_the_notification(
        TicketStatus status, int? due, int? person, int? snoozed, int? sent, ForecastKind kind, int? at)
    {
        var now = new DateTime(2025, 11, 12, 19, 32, 0, DateTimeKind.Utc);
        DateTime? In(int? hours) => hours is { } count ? now.AddHours(count) : null;
        NotificationForecast.Of(status, new PlanChange(In(due), person), In(snoozed), In(sent), TimeSpan.FromDays(1), now)
            .ShouldBe(new NotificationForecast(kind, In(at)));
    }

    private static DateTime Local(string text) => Site.ToUtc(DateTime.Parse(text, CultureInfo.InvariantCulture));
}
