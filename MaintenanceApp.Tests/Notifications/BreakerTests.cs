using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>An outage seen by the dispatcher: five failures, then one probe at a time, then everything that waited.</summary>
public sealed class BreakerTests
{
    private const int Tickets = 8;

    [Theory, BothDatabases]
    public async Task An_outage_uses_up_no_attempts_and_ends_in_one_notice_down_and_one_recovered(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider, settings: ("Notifier:MaxInFlight", "1"));
        var tickets = await scene.Given.OverdueTickets(Tickets);
        scene.Receiver.Default = new Reply(503);

        await ScanAsync(scene);
        var opened = await BreakerAsync(scene, breaker => breaker.IsOpen);
        opened.ProbeAt.ShouldBe(opened.OpenedAt + TimeSpan.FromSeconds(60));
        scene.Receiver.Arrivals.Count.ShouldBe(5, "it opens after five failures in a row, and nothing leaves while it is open");

        scene.Clock.Now = opened.ProbeAt!.Value;
        scene.Host.Service<NotificationDispatcher>().Wake();
        var probed = await BreakerAsync(scene, breaker => breaker.FailuresInARow == 6);
        probed.ProbeAt.ShouldBe(scene.Clock.Now + TimeSpan.FromSeconds(120), "twice as long until the next probe");
        scene.Receiver.Arrivals.Count.ShouldBe(6, "one probe");
        (await scene.AttemptsAsync()).Count(attempt => attempt.IsProbe).ShouldBe(1);

        scene.Receiver.Default = new Reply();
        scene.Clock.Advance(TimeSpan.FromMinutes(3));
        scene.Host.Service<NotificationDispatcher>().Wake();
        foreach (var row in await scene.NotificationsAsync())
        {
            await scene.NotificationAsync(row.Id, ended => ended.Status == NotificationStatus.Delivered);
        }

        scene.Receiver.Arrivals.Skip(6).Select(post => post.TicketId).Order().ShouldBe(tickets.Select(ticket => ticket.TicketId).Order());
        await using var db = scene.Database.CreateDbContext();
        var notices = await db.AdminNotices.AsNoTracking().OrderBy(notice => notice.Id).ToListAsync(TestContext.Current.CancellationToken);
        notices.Select(notice => (notice.Kind, notice.Since, notice.Waiting)).ShouldBe(
        [
            (NoticeKind.ReceiverDown, FakeClock.Start, Tickets),
            (NoticeKind.ReceiverRecovered, FakeClock.Start, Tickets),
        ]);
    }

    [Fact]
    public async Task A_refusal_is_noticed_once_and_does_not_open_the_breaker()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:MaxInFlight", "1"));
        await scene.Given.OverdueTickets(Tickets);
        scene.Receiver.Default = new Reply(404);

        await scene.ScanAsync();

        scene.Receiver.Arrivals.Count.ShouldBe(Tickets);
        await using var db = scene.Database.CreateDbContext();
        (await db.AdminNotices.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Kind.ShouldBe(NoticeKind.EndpointRefuses);
        (await scene.Host.Service<CurrentEndpoint>().ReadAsync(TestContext.Current.CancellationToken)).Breaker.ShouldBe(Breaker.Closed);
    }

    private static async Task ScanAsync(NotifierScene scene)
    {
        var id = await scene.Host.Service<ScanRuns>().BeginAsync(ScanTrigger.Manual, CancellationToken.None);
        await scene.Host.Service<OverdueScan>().RunAsync(id, CancellationToken.None);
    }

    private static async Task<Breaker> BreakerAsync(NotifierScene scene, Func<Breaker, bool> isAsAwaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var breaker = (await scene.Host.Service<CurrentEndpoint>().ReadAsync(limit.Token)).Breaker;
            if (isAsAwaited(breaker))
            {
                return breaker;
            }

            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
