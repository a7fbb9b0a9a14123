using System.Diagnostics;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>Who enqueues the job that sends, and how often.</summary>
public sealed class SendSweepTests
{
    /// <summary>As on the second of two nodes while the first sends a long queue: each look would add a job that does nothing.</summary>
    [Fact]
    public async Task A_node_that_may_not_send_does_not_fill_the_list_of_jobs()
    {
        Assert.SkipWhen(PostgreSqlServer.SkipReason is not null, PostgreSqlServer.SkipReason ?? "");
        await using var scene = await NotifierScene.CreateAsync(DatabaseProvider.PostgreSql, withJobs: true);
        await using (var db = scene.Database.CreateDbContext())
        {
            db.Add(new WebhookEndpoint { Url = scene.Receiver.Url, CreatedAt = scene.Clock.Now, DispatcherId = "another/1/x", DispatcherUntil = scene.Clock.Now.AddHours(1) });
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await scene.Given.OverdueTicket();
        var runs = scene.Host.Service<ScanRuns>();
        await scene.Host.Service<OverdueScan>().RunAsync(await runs.BeginAsync(ScanTrigger.Manual, CancellationToken.None), CancellationToken.None);
        var dispatcher = scene.Host.Service<NotificationDispatcher>();
        var started = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (dispatcher.Drains == 0)
        {
            await tick.WaitForNextTickAsync(CancellationToken.None);
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        }

        var first = dispatcher.Drains;
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < SendSweep.Look / 2)
        {
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        (dispatcher.Drains - first).ShouldBeLessThanOrEqualTo(1, "one look more at the most, then a pause");
        scene.Receiver.Arrivals.ShouldBeEmpty();

        // The other one is gone: this one takes over.
        scene.Clock.Advance(TimeSpan.FromHours(2));
        await scene.Receiver.WaitForAsync(1);
    }
}
