using System.Diagnostics;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 12, the part with processes: SIGTERM in mid-send.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "12")]
public sealed class Case12ShutDownTests(ITestOutputHelper output)
{
    private const int Tickets = 30;

    [Theory(Explicit = true)]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task SIGTERM_in_mid_send_drains_what_has_left_and_starts_nothing_more(DatabaseProvider provider)
    {
        await using var scene = await ProcessScene.CreateAsync(provider);
        await scene.Given.OverdueTickets(Tickets);
        scene.Receiver.Default = new Reply(Delay: TimeSpan.FromSeconds(1.5));
        scene.Settings["Cron:Secrets:0"] = "secret-de-la-fin";
        scene.Settings["Cron:ResponseWait"] = "00:00:05";
        var process = await scene.StartAsync();
        await scene.WaitForPostsAsync(8, TimeSpan.FromSeconds(60));

        // A caller who waits for the scan: the web server stops first, and waits for this answer.
        using var caller = scene.Client();
        caller.DefaultRequestHeaders.Authorization = new("Bearer", "secret-de-la-fin");
        _ = caller.Post("/api/cron/check-overdue", null);
        await scene.WaitForPostsAsync(scene.Posts.Count + 1, TimeSpan.FromSeconds(30));

        await process.TerminateAsync();
        var signal = Stopwatch.GetTimestamp();
        await process.WaitForOutputAsync("Application is shutting down");
        var noticed = Stopwatch.GetTimestamp();
        (await process.WaitForExitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0, process.Output);
        var took = Stopwatch.GetElapsedTime(signal);

        // What was being written at that moment still arrives; at a post every 200 ms the others would be many.
        var late = scene.Posts.Count(post => post.Timestamp > noticed + (Stopwatch.Frequency / 2));
        late.ShouldBe(0);
        var before = scene.Posts.Count;
        await using (var db = scene.Database.CreateDbContext())
        {
            (await db.WebhookNotifications.CountAsync(row => row.Status == NotificationStatus.Delivered, TestContext.Current.CancellationToken)).ShouldBe(before, "what had left is finished and on record");
            (await db.WebhookNotifications.CountAsync(row => row.Status == NotificationStatus.Sending, TestContext.Current.CancellationToken)).ShouldBe(0);
        }

        scene.Receiver.Default = new Reply();
        await scene.StartAsync();
        await scene.WaitUntilAllEndAsync(TimeSpan.FromMinutes(2));
        var held = await scene.HoldAsync();
        scene.Posts.Count.ShouldBe(Tickets);
        held.Repeats.ShouldBe(0);
        output.WriteLine(FormattableString.Invariant($"{before} of {Tickets} had left; exit code 0 after {took.TotalSeconds:0.0} s; none after the signal; after the restart: {held}"));
    }

    [Fact(Explicit = true)]
    public async Task SIGTERM_while_the_receiver_hangs_ends_within_the_timeout_and_ten_seconds()
    {
        await using var scene = await ProcessScene.CreateAsync();
        scene.Settings["Notifier:RequestTimeout"] = "00:00:03";
        await scene.Given.OverdueTickets(3);
        scene.Receiver.Default = Reply.Hang;
        var process = await scene.StartAsync();
        await scene.WaitForPostsAsync(3, TimeSpan.FromSeconds(60));

        await process.TerminateAsync();
        var signal = Stopwatch.GetTimestamp();
        (await process.WaitForExitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0, process.Output);
        var took = Stopwatch.GetElapsedTime(signal);

        took.ShouldBeLessThan(TimeSpan.FromSeconds(13));
        await using var db = scene.Database.CreateDbContext();
        (await db.WebhookNotifications.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken))
            .ShouldAllBe(row => row.Status == NotificationStatus.Pending && row.PossibleDuplicate, "nobody knows whether the receiver took them: once more, marked");
        output.WriteLine(FormattableString.Invariant($"3 posts that are never answered: exit code 0 after {took.TotalSeconds:0.0} s (limit 13), each waits for its one marked repeat"));
    }
}
