using MaintenanceApp.Data;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 10: the clock is set while the application runs; and a host in another zone than the site.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "10")]
public sealed class Case10ClockTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(2)]
    [InlineData(25)]
    [InlineData(-2)]
    [InlineData(-25)]
    public async Task A_clock_that_is_set_gives_no_second_post_and_the_scans_go_on(int hours)
    {
        var clock = new FakeClock(ownsTime: true);
        await using var scene = await NotifierScene.CreateAsync(clock);
        var watchdog = scene.Host.Service<ScanWatchdog>();
        await scene.Given.OverdueTicket(TimeSpan.FromDays(10));
        await scene.ScanAsync();

        clock.Jump(TimeSpan.FromHours(hours));
        await watchdog.LookAsync(Cancel);
        (await RunsAsync(scene.Database)).ShouldBe(1, "the counter that nobody can set knows that no scan is missing");

        // Hangfire asks the system's clock: what becomes of its schedule is case 14. Here it is silent, and the watchdog scans.
        clock.Advance(TimeSpan.FromMinutes(6.5));
        await watchdog.LookAsync(Cancel);
        clock.Advance(TimeSpan.FromMinutes(1.5));
        await watchdog.LookAsync(Cancel);
        (await RunsAsync(scene.Database)).ShouldBe(2);
        scene.Receiver.Arrivals.Count.ShouldBe(1);
        output.WriteLine($"clock set by {hours:+0;-0} h: no scan more, the next within two intervals, 1 post");
    }

    [Theory(Explicit = true)]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/St_Johns")]
    public async Task A_host_in_another_zone_than_the_site_says_the_same(string zone)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await new Given(database, TimeProvider.System).OverdueTicket(TimeSpan.FromMinutes(90.5));
        var settings = new Dictionary<string, string?>
        {
            ["TZ"] = zone,
            ["Webhook:Url"] = receiver.Url,
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Notifier:FirstScanDelay"] = "00:00:00.100",
        };
        await using var process = await AppProcess.ServeAsync(database, settings);

        var post = (await receiver.WaitForAsync(1, TimeSpan.FromSeconds(30)))[0];

        ((string?)post.Json["overdue_text"]).ShouldBeOneOf("1h 30min", "1h 31min");
        await using var db = database.CreateDbContext();
        var run = await db.ScanRuns.OrderBy(run => run.RequestedAt).FirstAsync(TestContext.Current.CancellationToken);
        run.RequestedAt.ShouldBe(TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(2));
        output.WriteLine($"TZ={zone}: {post.Json["overdue_text"]}");
    }

    private static async Task<int> RunsAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await db.ScanRuns.CountAsync(run => run.State == ScanRunState.Finished);
    }
}
