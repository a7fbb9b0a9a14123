using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets;

public sealed class TicketDatesTests
{
    [Theory]
    [InlineData("2025-11-12", "2025-11-13T04:59:59Z")] // standard time, UTC-5
    [InlineData("2025-07-15", "2025-07-16T03:59:59Z")] // daylight time, UTC-4
    [InlineData("2026-03-07", "2026-03-08T04:59:59Z")] // the day before the clocks go forward
    [InlineData("2026-03-08", "2026-03-09T03:59:59Z")] // 23 hours long
    [InlineData("2026-10-31", "2026-11-01T03:59:59Z")]
    [InlineData("2026-11-01", "2026-11-02T04:59:59Z")] // 25 hours long
    [InlineData(" 2025-11-12 ", "2025-11-13T04:59:59Z")]
    [InlineData("2024-02-29", "2024-03-01T04:59:59Z")]
    [InlineData("2025-11-10 00:00:00", "2025-11-10T00:00:00Z")]
    [InlineData("2025-11-10T08:30:00Z", "2025-11-10T08:30:00Z")]
    [InlineData("2025-11-10T08:30Z", "2025-11-10T08:30:00Z")]
    [InlineData("2025-11-10t08:30:00z", "2025-11-10T08:30:00Z")]
    [InlineData("2025-11-10T08:30:00.250Z", "2025-11-10T08:30:00.250Z")]
    [InlineData("2025-11-10T08:30:00-05:00", "2025-11-10T13:30:00Z")]
    [InlineData("2025-11-10T08:30:00+02:00", "2025-11-10T06:30:00Z")]
    public void A_date_is_read_as_utc(string text, string expected)
    {
        Dates().TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(DateTime.Parse(expected, null, System.Globalization.DateTimeStyles.RoundtripKind));
        read!.Value.Kind.ShouldBe(DateTimeKind.Utc);
        TicketDates.IsValid(text).ShouldBeTrue();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("demain")]
    [InlineData("2026-02-30")]
    [InlineData("2025-02-29")]
    [InlineData("2025-13-01")]
    [InlineData("2025-11-10 24:00:00")]
    [InlineData("2025-11-10 25:00:00")]
    [InlineData("2025-11-10T08:30:00")] // whose 08:30?
    [InlineData("2025-11-10T08:30")]
    [InlineData("2025-11-10 08:30")]
    [InlineData("2025-11-10T08:30:00-25:00")]
    [InlineData("10/11/2025")]
    [InlineData("2025-11-1")]
    [InlineData("20251110")]
    [InlineData("1999-12-31")]
    [InlineData("2101-01-01")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("1762732800")]
    [InlineData("２０２５-11-10")]
    public void Anything_else_is_refused(string text)
    {
        Dates().TryParse(text, out var read).ShouldBeFalse();
        read.ShouldBeNull();
        TicketDates.IsValid(text).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void Nothing_is_no_date(string? text)
    {
        Dates().TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBeNull();
    }

    [Theory]
    [InlineData("2025-11-12", "2025-11-13T00:30:00Z", false)] // 19:30 that day at the site
    [InlineData("2025-11-12", "2025-11-13T04:59:59Z", false)]
    [InlineData("2025-11-12", "2025-11-13T05:00:00Z", true)] // midnight
    [InlineData("2026-03-08", "2026-03-09T03:59:59Z", false)]
    [InlineData("2026-03-08", "2026-03-09T04:00:00Z", true)]
    [InlineData("2026-11-01", "2026-11-02T04:59:59Z", false)]
    [InlineData("2026-11-01", "2026-11-02T05:00:00Z", true)]
    public void A_day_is_late_when_the_next_one_begins_at_the_site(string day, string instant, bool isLate)
    {
        var now = DateTime.Parse(instant, null, System.Globalization.DateTimeStyles.RoundtripKind);
        TicketRules.IsOverdue(TicketStatus.Received, Dates().Parse(day), now).ShouldBe(isLate);
    }

    [Fact]
    public void Another_site_has_another_midnight()
    {
        Dates("America/Vancouver").Parse("2025-11-12").ShouldBe(new DateTime(2025, 11, 13, 7, 59, 59, DateTimeKind.Utc));
        Dates("Europe/Paris").Parse("2025-11-12").ShouldBe(new DateTime(2025, 11, 12, 22, 59, 59, DateTimeKind.Utc));
    }

    private static TicketDates Dates(string timeZone = "America/Toronto") =>
        new(new SiteClock(new FakeClock(), Options.Create(new SiteOptions { TimeZone = timeZone })));
}
