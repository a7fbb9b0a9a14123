using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Hosting;

public sealed class SiteClockTests
{
    private static readonly SiteClock Site = new(new FakeClock(), Options.Create(new SiteOptions()));

    [Fact]
    public void A_time_that_daylight_saving_skips_moves_one_hour_later() =>
        Site.ToUtc(new DateTime(2026, 3, 8, 2, 30, 0)).ShouldBe(new DateTime(2026, 3, 8, 7, 30, 0, DateTimeKind.Utc));

    [Fact]
    public void A_time_that_happens_twice_is_the_first_of_the_two() =>
        Site.ToUtc(new DateTime(2025, 11, 2, 1, 30, 0)).ShouldBe(new DateTime(2025, 11, 2, 5, 30, 0, DateTimeKind.Utc));

    [Fact]
    public void A_day_lasts_from_midnight_to_midnight_at_the_site_also_when_it_has_25_hours()
    {
        var (start, end) = Site.DayOf(new DateOnly(2025, 11, 2));
        (end - start).ShouldBe(TimeSpan.FromHours(25));
    }

    [Theory]
    [InlineData("/tickets?q=a", "/tickets?q=a")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("tickets", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData(null, "/")]
    public void Only_addresses_of_this_site_are_followed(string? url, string expected) => LocalUrl.OrHome(url).ShouldBe(expected);
}
