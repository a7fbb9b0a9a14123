using MaintenanceApp.Data;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 10: the clock is set while the scheduler runs; and a host in another zone than the site.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "10")]
public sealed class Case10ClockTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(12);

    [Theory(Explicit = true)]
    [InlineData(2)]
    [InlineData(25)]
    [InlineData(-2)]
    [InlineData(-25)]
    public async Task A_clock_that_is_set_gives_one_scan_to_catch_up_and_no_second_post(int hours)
    {
        var clock = new FakeClock(ownsTime: true);
        await using var scene = await NotifierScene.CreateAsync(clock, withJobs: true, settings: ("Notifier:FirstScanDelay", "00:00:00.100"));
        await scene.Given.OverdueTicket(TimeSpan.FromDays(10));
        clock.Advance(TimeSpan.FromSeconds(1));
        var before = await WaitForRunsAsync(scene.Database, 1);
        clock.Advance(TimeSpan.FromMinutes(5));
        await WaitForRunsAsync(scene.Database, before + 1);

        clock.Jump(TimeSpan.FromHours(hours));

        // The watchdog looks once a minute; here at once, and once more later. The scheduler looks for missed times once a minute too.
        await scene.Host.Service<ScanWatchdog>().LookAsync(CancellationToken.None);
        await WaitForRunsAsync(scene.Database, before + 2);
        await Task.Delay(Quiet, TestContext.Current.CancellationToken);
        await scene.Host.Service<ScanWatchdog>().LookAsync(CancellationToken.None);
        await Task.Delay(Quiet / 4, TestContext.Current.CancellationToken);
        var after = await RunsAsync(scene.Database);
        after.ShouldBe(before + 2, "one scan to catch up, not more");

        clock.Advance(TimeSpan.FromMinutes(5.2));
        await WaitForRunsAsync(scene.Database, before + 3);
        scene.Receiver.Arrivals.Count.ShouldBe(1);
        output.WriteLine($"clock set by {hours:+0;-0} h: 1 catch-up scan, schedule goes on, 1 post");
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

    private static async Task<int> WaitForRunsAsync(TestDatabase database, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(100));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        int runs;
        while ((runs = await RunsAsync(database)) < count)
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }

        return runs;
    }
}
