using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>
/// The real process, killed in the middle of a run: once, in the suite. Two hundred times, and on PostgreSQL too:
/// <c>scripts/faults.sh 1</c>.
/// </summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_process_killed_in_mid_run_loses_nothing_and_repeats_only_with_the_same_id()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var given = new Given(database, TimeProvider.System);
        var tickets = await given.OverdueTickets(20);
        receiver.Default = new Reply(Delay: TimeSpan.FromMilliseconds(300));
        var settings = new Dictionary<string, string?>
        {
            ["Webhook:Url"] = receiver.Url,
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Notifier:SendInterval"] = "00:00:00.050",
            ["Notifier:FirstScanDelay"] = "00:00:00.1",
            // An answer that a busy machine gives late is no failure here: each of those would wait a minute for its retry.
            ["Notifier:RequestTimeout"] = "00:00:10",
            ["Notifier:RetryDelays:0"] = "00:00:01",
            ["Notifier:RetryDelays:1"] = "00:00:01",
            ["Notifier:RetryDelays:2"] = "00:00:01",
        };

        await using (var first = await AppProcess.ServeAsync(database, settings))
        {
            await receiver.WaitForAsync(6, TimeSpan.FromSeconds(60));
            await first.KillAsync();
        }

        receiver.Default = new Reply();
        await using (var second = await AppProcess.ServeAsync(database, settings))
        {
            await WaitUntilAllEndAsync(database);
        }

        await using var db = database.CreateDbContext();
        var rows = await db.WebhookNotifications.AsNoTracking().ToListAsync();
        rows.Count.ShouldBe(tickets.Count);
        rows.ShouldAllBe(row => row.Status == NotificationStatus.Delivered);
        receiver.Arrivals.Select(post => post.TicketId).Distinct().Count().ShouldBe(tickets.Count, "nothing is lost");
        receiver.Arrivals.GroupBy(post => post.TicketId).ShouldAllBe(posts => posts.Select(post => post.WebhookId).Distinct().Count() == 1);
        foreach (var repeated in receiver.Arrivals.GroupBy(post => post.WebhookId).Where(posts => posts.Count() > 1))
        {
            repeated.Count().ShouldBe(2);
            rows.Single(row => row.WebhookId == repeated.Key).PossibleDuplicate.ShouldBeTrue("a repeat is marked");
        }
    }

    /// <summary>The claims of the killed process end after 50 s (the request's time limit and 40 s); the rest leaves at once.</summary>
    private static async Task WaitUntilAllEndAsync(TestDatabase database)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            await using var db = database.CreateDbContext();
            var open = await db.WebhookNotifications.AsNoTracking()
                .Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending)
                .ToListAsync();
            if (open.Count == 0)
            {
                return;
            }

            limit.IsCancellationRequested.ShouldBeFalse(
                string.Join('\n', open.Select(row => $"{row.TicketId}: {row.Status}, {row.AttemptCount} attempts, next {row.NextAttemptAt:O}, claim until {row.ClaimedUntil:O}, {row.AsideError}")));
            await tick.WaitForNextTickAsync();
        }
    }
}
