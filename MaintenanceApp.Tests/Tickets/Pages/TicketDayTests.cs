using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TicketDayTests
{
    private static readonly SiteClock Site = new(new FakeClock(), Options.Create(new SiteOptions()));
    private static readonly TicketDates Dates = new(Site);

    [Theory]
    [InlineData("2025-11-12", "", "2025-11-13 04:59:59")]
    [InlineData("2025-07-12", "", "2025-07-13 03:59:59")]
    [InlineData("2025-11-02", "", "2025-11-03 04:59:59")]
    [InlineData("2025-11-12", "16:30", "2025-11-12 21:30:00")]
    [InlineData("2025-11-12", "16:30:00", "2025-11-12 21:30:00")]
    [InlineData("2026-03-08", "02:30", "2026-03-08 07:30:00")]
    [InlineData("20251112", "16h30", "2025-11-12 21:30:00")]
    [InlineData("2025-11-12", "8", "2025-11-12 13:00:00")]
    [InlineData("", "", null)]
    public void A_day_lasts_until_midnight_at_the_site_and_a_time_is_local(string day, string time, string? utc)
    {
        new TicketDay(day, time).TryRead(Site, Dates, out var due).ShouldBeTrue();
        Text.Of(due).ShouldBe(utc);
    }

    [Theory]
    [InlineData("2026-02-30", "")]
    [InlineData("0002-01-01", "")]
    [InlineData("un jour", "")]
    [InlineData("", "08:00")]
    [InlineData("2025-11-12", "25:00")]
    [InlineData("2025-11-12", "matin")]
    public void What_is_not_a_date_is_refused(string day, string time) => new TicketDay(day, time).TryRead(Site, Dates, out _).ShouldBeFalse();

    [Fact]
    public void A_date_without_a_time_is_shown_without_one()
    {
        TicketDay.Of(Site, Dates.EndOf(new DateOnly(2025, 11, 12))).ShouldBe(new TicketDay("2025-11-12", ""));
        TicketDay.Of(Site, new DateTime(2025, 11, 12, 21, 30, 0, DateTimeKind.Utc)).ShouldBe(new TicketDay("2025-11-12", "16:30"));
        TicketDay.Of(Site, null).ShouldBe(TicketDay.None);
    }

    [Theory]
    [InlineData(15, 17)]
    [InlineData(16, 17)]
    [InlineData(17, 24)]
    [InlineData(18, 24)]
    public void Monday_is_the_next_one_after_today(int today, int monday) =>
        TicketDay.NextMonday(new DateOnly(2025, 11, today)).ShouldBe(new DateOnly(2025, 11, monday));
}
