using System.Globalization;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Hosting;

/// <summary>What an operator writes means what it says, or the start stops with the key.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("24:00:00", "1.00:00:00")]
    [InlineData("36:30:00", "1.12:30:00")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("00:05:00", "00:05:00")]
    [InlineData(" 0:00:00.2 ", "00:00:00.2000000")]
    [InlineData("00:00:00.0000001", "00:00:00.0000001")]
    [InlineData("0", "00:00:00")]
    public void A_duration_means_what_people_mean_by_it(string written, string meant)
    {
        ConfiguredDuration.TryParse(written, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.Parse(meant, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("30")]
    [InlineData("5:00")]
    [InlineData("-00:05:00")]
    [InlineData("00:60:00")]
    [InlineData("00:00:61")]
    [InlineData("1.24:00:00")]
    [InlineData("5 min")]
    [InlineData("00:05:00,5")]
    [InlineData("999999:00:00.0.0")]
    [InlineData("٠٠:٠٥:٠٠")]
    [InlineData("")]
    [InlineData(null)]
    public void What_would_have_to_be_guessed_is_refused(string? written) => ConfiguredDuration.TryParse(written, out _).ShouldBeFalse();

    [Fact]
    public async Task Twenty_four_hours_are_a_day_in_every_key()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Notifier:RepeatAfter"] = "24:00:00", ["Notifier:RetryDelays:0"] = "36:00:00" });
        host.Service<IOptions<NotifierOptions>>().Value.RepeatAfter.ShouldBe(TimeSpan.FromDays(1));
        host.Service<IOptions<NotifierOptions>>().Value.RetryDelays.ShouldBe([TimeSpan.FromHours(36)]);
    }

    [Theory]
    [InlineData("Notifier:RetryDelays:0", "10", "Notifier:RetryDelays:0: '10' is not a duration")]
    [InlineData("Notifier:RetryDelays:1", "8.00:00:00", "Notifier:RetryDelays must be")]
    [InlineData("Notifier:RepeatAfter", "32.00:00:00", "Notifier:RepeatAfter must be between")]
    [InlineData("Notifier:RepeatAfter", "00:00:30", "Notifier:RepeatAfter must be between")]
    [InlineData("Notifier:FirstScanDelay", "01:00:01", "Notifier:FirstScanDelay must be between")]
    [InlineData("Notifier:ConnectTimeout", "00:02:00", "Notifier:ConnectTimeout must be")]
    [InlineData("Cron:ResponseWait", "00:06:00", "Cron:ResponseWait must be between")]
    [InlineData("Retention:Bodies", "23:00:00", "Retention:Bodies must be at least a day")]
    [InlineData("Site:TimeZone", "EST", "Site:TimeZone is 'EST'")]
    [InlineData("Site:TimeZone", "EST5EDT", "Site:TimeZone is 'EST5EDT'")]
    [InlineData("Site:TimeZone", "Etc/GMT+5", "Site:TimeZone is 'Etc/GMT+5'")]
    [InlineData("Site:TimeZone", "UTC", "Site:TimeZone is 'UTC'")]
    [InlineData("Site:TimeZone", "America/Trois-Rivieres", "Site:TimeZone is 'America/Trois-Rivieres'")]
    public async Task What_means_nothing_or_too_much_stops_the_start_with_its_key(string key, string value, string reason)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { [key] = value });
        StartErrors.Reason(Should.Throw<OptionsValidationException>(() => host.Services)).ShouldNotBeNull().ShouldContain(reason);
    }

    [Theory]
    [InlineData("America/Regina")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Canada/Eastern")]
    public async Task A_place_without_daylight_saving_is_a_place(string zone)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Site:TimeZone"] = zone });
        host.Service<IOptions<SiteOptions>>().Value.TimeZone.ShouldBe(zone);
    }
}
