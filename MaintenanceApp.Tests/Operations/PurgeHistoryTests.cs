using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Operations;

public sealed class PurgeHistoryTests
{
    [Theory, BothDatabases]
    public async Task Old_bodies_and_older_rows_go_and_nothing_else(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeClock();
        await using var host = new AppHost(database, clock);
        var given = host.Given;
        var ticket = await given.Ticket(scheduled: clock.Now.AddDays(-500), assignedTo: 0, createdAt: clock.Now.AddDays(-600));
        var fresh = await WithAttemptAsync(database, given, ticket, clock.Now.AddDays(-89), NotificationStatus.Delivered);
        var old = await WithAttemptAsync(database, given, ticket, clock.Now.AddDays(-91), NotificationStatus.Dead);
        var gone = await WithAttemptAsync(database, given, ticket, clock.Now.AddDays(-397), NotificationStatus.Delivered);
        await WithAttemptAsync(database, given, ticket, clock.Now.AddDays(-397), NotificationStatus.Cancelled);
        var waiting = await WithAttemptAsync(database, given, ticket, clock.Now.AddDays(-397), NotificationStatus.Pending);
        var sending = await WithAttemptAsync(database, given, ticket, clock.Now.AddDays(-397), NotificationStatus.Sending);
        await using (var db = database.CreateDbContext())
        {
            db.AddRange(
                Run("run_preuve", clock.Now.AddDays(-400), ScanRunState.Finished),
                Run("run_ancien", clock.Now.AddDays(-401), ScanRunState.Failed),
                Run("run_recent", clock.Now.AddDays(-1), ScanRunState.Failed),
                Notice(clock.Now.AddDays(-400), isRead: true),
                Notice(clock.Now.AddDays(-400), isRead: false),
                Secret(clock.Now.AddMinutes(-1)),
                Secret(clock.Now.AddMinutes(1)),
                Secret(null));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var purge = host.Service<PurgeHistory>();
        (await purge.ExecuteAsync(CancellationToken.None)).ShouldBe(new Purged(2, 4 + 1 + 1 + 1));

        await using var after = database.CreateDbContext();
        var rows = await after.WebhookNotifications.ToDictionaryAsync(row => row.Id, TestContext.Current.CancellationToken);
        rows.Keys.Order().ShouldBe(new[] { fresh, old, waiting, sending }.Order());
        (rows[fresh].ResponseBody, rows[old].ResponseBody, rows[waiting].ResponseBody).ShouldBe(("reçu", null, "reçu"));
        var attempts = await after.WebhookAttempts.ToDictionaryAsync(attempt => attempt.NotificationId, TestContext.Current.CancellationToken);
        attempts.ContainsKey(gone).ShouldBeFalse();
        (attempts[fresh].RequestBody, attempts[waiting].RequestBody, attempts[sending].ResponseHeaders).ShouldBe(("{}", "{}", "b: 2"));
        (attempts[old].RequestBody, attempts[old].RequestHeaders, attempts[old].ResponseBody, attempts[old].ResponseHeaders).ShouldBe((null, null, null, null));
        (await after.Tickets.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (await after.ScanRuns.Select(run => run.Id).Order().ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["run_preuve", "run_recent"]);
        (await after.AdminNotices.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (await after.StoredSecrets.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(2);
        (await purge.ExecuteAsync(CancellationToken.None)).ShouldBe(new Purged(0, 0), "done is done");
    }

    [Fact]
    public async Task An_interrupted_purge_continues_next_time()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = new AppHost(database, clock);
        var ticket = await host.Given.Ticket();
        await using (var db = database.CreateDbContext())
        {
            db.AddRange(Enumerable.Range(1, 1200).Select(number => Notification(ticket, clock.Now.AddDays(-500), NotificationStatus.Delivered, number)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var stop = new CancellationTokenSource();
        var purge = host.Service<PurgeHistory>();
        var running = purge.ExecuteAsync(stop.Token);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (await CountAsync(database) == 1200 && !running.IsCompleted)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await CountAsync(database)).ShouldBeInRange(1, 1199);
        await purge.ExecuteAsync(CancellationToken.None);
        (await CountAsync(database)).ShouldBe(0);
    }

    [Fact]
    public async Task A_clock_just_set_far_ahead_purges_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock(ownsTime: true);
        await using var host = new AppHost(database, clock);
        await WithAttemptAsync(database, host.Given, await host.Given.Ticket(), clock.Now, NotificationStatus.Delivered);
        _ = host.Service<ClockGuard>();
        clock.Jump(TimeSpan.FromDays(1000));
        await host.Service<ClockWatch>().CheckAsync(CancellationToken.None);

        (await host.Service<PurgeHistory>().ExecuteAsync(CancellationToken.None)).ShouldBeNull();
        (await CountAsync(database)).ShouldBe(1);
    }

    [Fact]
    public async Task The_nightly_job_runs_at_ten_past_three_at_the_site_and_counts_what_it_did()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, null, new Dictionary<string, string?> { ["Notifier:FirstScanDelay"] = "01:00:00", ["Site:TimeZone"] = "Asia/Tokyo" }, withJobs: true);
        var next = await SoonAsync(async cancellation => (await host.Service<JobQueries>().ListAsync(cancellation)).Single(state => state.Name == JobNames.PurgeHistory) is { NextAt: { } at } ? new { At = at } : null);
        next.At.TimeOfDay.ShouldBe(new TimeSpan(18, 10, 0), "03:10 in Tokyo");

        await host.Service<ControlJobs>().RunNowAsync(Actor.Application, JobNames.PurgeHistory, CancellationToken.None);
        var last = await SoonAsync(async cancellation => (await host.Service<JobQueries>().HistoryAsync(1, 20, cancellation)).Rows is [var run, ..] ? new { run } : null);
        last.run.Result.ShouldBe(JobResult.Succeeded);
        JobRun.Read(last.run.Counts).ShouldBe(new Dictionary<string, int> { ["bodies"] = 0, ["rows"] = 0, ["tickets"] = 0, ["files"] = 0 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Retention:Bodies", "00:00:00")]
    [InlineData("Retention:Rows", "89.00:00:00")]
    [InlineData("Retention:Trash", "23:59:59")]
    [InlineData("Retention:Trash", "36501.00:00:00")]
    public async Task A_retention_that_makes_no_sense_stops_the_start(string key, string value)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { [key] = value });
        Should.Throw<OptionsValidationException>(() => host.Services).Message.ShouldContain("Retention:");
    }

    private static async Task<int> CountAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await db.WebhookNotifications.CountAsync();
    }

    private static async Task<int> WithAttemptAsync(TestDatabase database, Given given, Ticket ticket, DateTime at, NotificationStatus status)
    {
        var notification = await given.Notification(ticket, status, createdAt: at, sentAt: at, responseBody: "reçu");
        await using var db = database.CreateDbContext();
        db.Add(new WebhookAttempt
        {
            NotificationId = notification.Id,
            Number = 1,
            StartedAt = at,
            DurationMs = 5,
            Outcome = AttemptOutcome.Accepted,
            RequestHeaders = "a: 1",
            RequestBody = "{}",
            ResponseHeaders = "b: 2",
            ResponseBody = "reçu",
        });
        await db.SaveChangesAsync();
        return notification.Id;
    }

    private static WebhookNotification Notification(Ticket ticket, DateTime at, NotificationStatus status, int seq) => new()
    {
        TicketId = ticket.Id,
        NotificationType = WebhookNotification.OverdueScheduled,
        WebhookUrl = "https://recepteur.invalid/x",
        WebhookId = WebhookIds.New(),
        Seq = seq,
        Status = status,
        CreatedAt = at,
        SentAt = at,
    };

    private static ScanRun Run(string id, DateTime at, ScanRunState state) =>
        new() { Id = id, State = state, Trigger = ScanTrigger.Schedule, RequestedAt = at, StartedAt = at, FinishedAt = at };

    private static AdminNotice Notice(DateTime at, bool isRead) =>
        new() { Kind = NoticeKind.ReceiverDown, CreatedAt = at, LastAt = at, ReadAt = isRead ? at : null };

    private static StoredSecret Secret(DateTime? expiresAt) =>
        new() { Purpose = SecretPurpose.Cron, ProtectedValue = "x", Hint = "x", CreatedAt = FakeClock.Start, ExpiresAt = expiresAt };

    private static async Task<T> SoonAsync<T>(Func<CancellationToken, Task<T?>> read)
        where T : class
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await read(limit.Token) is { } found)
            {
                return found;
            }

            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
