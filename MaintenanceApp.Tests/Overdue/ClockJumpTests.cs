using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Overdue;

/// <summary>Somebody sets the clock: at most one accepted post per ticket per 24 hours of real time, and nothing waits longer than it may.</summary>
[Trait("Case", "10")]
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(25)]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(-25)]
    public async Task A_ticket_sent_before_the_clock_was_set_stays_silent_for_24_hours_of_real_time(int hours)
    {
        await using var scene = await NotifierScene.CreateAsync(new FakeClock(ownsTime: true));
        await scene.Given.OverdueTicket(TimeSpan.FromDays(10));
        await scene.ScanAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(1));

        scene.Clock.Jump(TimeSpan.FromHours(hours));
        await scene.ScanAsync();
        scene.Clock.Advance(TimeSpan.FromHours(23.9));
        await scene.ScanAsync();
        scene.Receiver.Arrivals.Count.ShouldBe(1, "24 real hours have not passed");

        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        await scene.ScanAsync();
        scene.Receiver.Arrivals.Count.ShouldBe(2, "24 real hours have passed");
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_and_is_set_right_sends_nothing_twice()
    {
        await using var scene = await NotifierScene.CreateAsync(new FakeClock(ownsTime: true));
        await scene.Given.OverdueTicket(TimeSpan.FromDays(10));
        scene.Clock.Jump(TimeSpan.FromHours(25));
        await scene.ScanAsync();
        scene.Clock.Jump(TimeSpan.FromHours(-25));
        await scene.ScanAsync();

        scene.Receiver.Arrivals.Count.ShouldBe(1);
        var row = (await scene.NotificationsAsync()).Single();
        row.SentAt.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(scene.Clock.Now);
        (await scene.AttemptsAsync()).Single().StartedAt.ShouldBe(FakeClock.Start.AddHours(25), "what the clock said stays as evidence");
        await using var db = scene.Database.CreateDbContext();
        (await db.AdminNotices.OrderBy(notice => notice.Id).Select(notice => notice.Detail).ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["+1.01:00:00", "-1.01:00:00"]);
        (await db.AdminNotices.AllAsync(notice => notice.Kind == NoticeKind.ClockJumped && notice.Since != null, TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_retry_is_due_when_it_was_due(int hours)
    {
        await using var scene = await NotifierScene.CreateAsync(new FakeClock(ownsTime: true));
        await scene.Given.OverdueTicket(TimeSpan.FromDays(10));
        scene.Receiver.Answer(503);
        await scene.ScanAsync();
        var wait = (await scene.NotificationsAsync()).Single().NextAttemptAt!.Value - scene.Clock.Now;

        // The dispatcher may not see the moment before the repair: what is shown here is the repair.
        scene.Host.Service<TimeProvider>().ShouldBe(scene.Clock);
        scene.Clock.Jump(TimeSpan.FromHours(hours));
        await scene.Host.Service<ClockWatch>().CheckAsync(CancellationToken.None);

        var row = (await scene.NotificationsAsync()).Single();
        if (row.AttemptCount == 1)
        {
            (row.NextAttemptAt!.Value - scene.Clock.Now).ShouldBe(wait, TimeSpan.FromSeconds(1));
        }
        else
        {
            hours.ShouldBePositive("only a clock set forward makes a retry early, by as long as the repair takes");
        }
    }

    [Theory, BothDatabases]
    public async Task What_a_wrong_clock_left_in_the_future_comes_back(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider, settings: ("Webhook:Url", ""));
        var (now, future) = (scene.Clock.Now, scene.Clock.Now.AddDays(40));
        var silent = await scene.Given.Notification(await scene.Given.OverdueTicket(), createdAt: future, sentAt: future);
        var dead = await scene.Given.Notification(await scene.Given.OverdueTicket(), NotificationStatus.Dead, createdAt: future);
        var waiting = await scene.Given.Notification(await scene.Given.OverdueTicket(), NotificationStatus.Pending, createdAt: now, nextAttemptAt: future);
        var soon = await scene.Given.Notification(await scene.Given.OverdueTicket(), NotificationStatus.Pending, createdAt: now, nextAttemptAt: now.AddHours(2));
        await using (var db = scene.Database.CreateDbContext())
        {
            db.Add(new WebhookEndpoint { Url = "https://recepteur.invalid/x", CreatedAt = now, HeldUntil = future, BreakerOpenedAt = future, ProbeAt = future, DispatcherUntil = future });
            db.Add(new ScanRun { Id = "run_futur", State = ScanRunState.Finished, Trigger = ScanTrigger.Schedule, RequestedAt = future, StartedAt = future, FinishedAt = future });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await scene.Host.Service<ClockWatch>().CheckAsync(CancellationToken.None);

        var rows = (await scene.NotificationsAsync()).ToDictionary(row => row.Id);
        (rows[silent.Id].SentAt, rows[silent.Id].CreatedAt, rows[dead.Id].CreatedAt).ShouldBe((now, now, now));
        (rows[waiting.Id].NextAttemptAt, rows[soon.Id].NextAttemptAt).ShouldBe((now, now.AddHours(2)));
        await using var after = scene.Database.CreateDbContext();
        var endpoint = await after.WebhookEndpoints.SingleAsync(TestContext.Current.CancellationToken);
        (endpoint.HeldUntil, endpoint.BreakerOpenedAt, endpoint.ProbeAt).ShouldBe((now.AddHours(6), now, now));
        endpoint.DispatcherUntil.ShouldBe(now.AddSeconds(15));
        var run = await after.ScanRuns.SingleAsync(TestContext.Current.CancellationToken);
        (run.RequestedAt, run.StartedAt, run.FinishedAt).ShouldBe((now, now, now));
        (await after.AdminNotices.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0, "nobody saw the clock being set");
    }

    [Fact]
    public async Task A_clock_that_forgot_the_date_changes_nothing()
    {
        await using var scene = await NotifierScene.CreateAsync(new FakeClock(new DateTime(1970, 1, 1, 0, 5, 0, DateTimeKind.Utc)));
        var ticket = await scene.Given.Ticket(createdAt: FakeClock.Start);
        var sent = await scene.Given.Notification(ticket, createdAt: FakeClock.Start, sentAt: FakeClock.Start);

        await scene.Host.Service<ClockWatch>().CheckAsync(CancellationToken.None);

        (await scene.NotificationsAsync()).Single(row => row.Id == sent.Id).SentAt.ShouldBe(FakeClock.Start);
    }

    [Fact]
    public void Only_a_step_of_more_than_a_minute_is_a_jump()
    {
        var clock = new FakeClock(ownsTime: true);
        var guard = new ClockGuard(clock);
        clock.Advance(TimeSpan.FromHours(3));
        clock.Jump(TimeSpan.FromSeconds(59));
        guard.Look().ShouldBeNull();
        clock.Jump(TimeSpan.FromHours(-2));
        var jump = guard.Look().ShouldNotBeNull();
        jump.ToString().ShouldBe("-02:00:00");
        jump.Before.ShouldBe(clock.Now.AddHours(2));
        guard.Look().ShouldBeNull("it is told once");
        guard.IsDoubtful.ShouldBeFalse();

        clock.Jump(TimeSpan.FromDays(400));
        guard.Look();
        guard.IsDoubtful.ShouldBeTrue("nothing is purged by such a clock");
        clock.Advance(TimeSpan.FromHours(25));
        guard.IsDoubtful.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-03-08T07:30:00Z", "2026-03-08T06:30:00Z")] // the hour that is skipped in Toronto
    [InlineData("2026-11-01T06:30:00Z", "2026-11-01T05:30:00Z")] // the hour that happens twice
    [InlineData("2028-02-29T12:00:00Z", "2028-02-29T11:00:00Z")]
    public async Task Both_daylight_saving_nights_and_the_29_of_february_are_nights_like_others(string now, string scheduled)
    {
        await using var scene = await NotifierScene.CreateAsync(new FakeClock(Utc(now), ownsTime: true));
        await scene.Given.Ticket(assignedTo: 0, scheduled: Utc(scheduled));

        await scene.ScanAsync();

        ((string?)scene.Receiver.Arrivals.ShouldHaveSingleItem().Json["overdue_text"]).ShouldBe("1h 0min");
        scene.Clock.Advance(TimeSpan.FromHours(2));
        await scene.ScanAsync();
        scene.Receiver.Arrivals.Count.ShouldBe(1);
        scene.Clock.Advance(TimeSpan.FromHours(23));
        await scene.ScanAsync();
        scene.Receiver.Arrivals.Count.ShouldBe(2);
    }

    [Fact]
    public void Lateness_is_never_negative() =>
        OverdueTime.Between(FakeClock.Start.AddHours(5), FakeClock.Start).ToString().ShouldBe("0h 0min");

    private static DateTime Utc(string text) => DateTime.Parse(text, null, System.Globalization.DateTimeStyles.RoundtripKind);
}
