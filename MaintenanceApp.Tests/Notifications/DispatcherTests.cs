using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>What becomes of a notification, against a real receiver.</summary>
public sealed class DispatcherTests
{
    [Theory, BothDatabases]
    public async Task A_500_is_retried_and_the_24_hours_count_from_the_delivery(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        await scene.Given.OverdueTicket();
        scene.Receiver.Answer(500);

        await scene.ScanAsync();
        var waiting = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        waiting.Status.ShouldBe(NotificationStatus.Pending);
        (waiting.NextAttemptAt!.Value - scene.Clock.Now).TotalSeconds.ShouldBeInRange(24, 36);
        await scene.RetryAsync();

        var delivered = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        delivered.Status.ShouldBe(NotificationStatus.Delivered);
        delivered.SentAt.ShouldBe(waiting.NextAttemptAt);
        scene.Receiver.Arrivals.Select(post => post.WebhookId).Distinct().ShouldHaveSingleItem();
        (await scene.AttemptsAsync()).Select(attempt => (attempt.Number, attempt.Outcome, attempt.ResponseStatus))
            .ShouldBe([(1, AttemptOutcome.ServerError, 500), (2, AttemptOutcome.Accepted, 200)]);

        scene.Clock.Now = delivered.SentAt!.Value.AddHours(23.99);
        (await scene.ScanAsync()).NotificationsSent.ShouldBe(0);
        scene.Clock.Now = delivered.SentAt!.Value.AddHours(24.01);
        (await scene.ScanAsync()).NotificationsSent.ShouldBe(1);
    }

    [Fact]
    public async Task A_receiver_that_is_down_leaves_an_attempt_with_the_cause()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Webhook:Url", "http://127.0.0.1:9/crochet"));
        await scene.Given.OverdueTicket();

        await scene.ScanAsync();

        var attempt = (await scene.AttemptsAsync()).ShouldHaveSingleItem();
        attempt.Outcome.ShouldBe(AttemptOutcome.Connect);
        attempt.Error.ShouldStartWith("connect_failed: Connection refused");
        attempt.Endpoint.ShouldBe("http://127.0.0.1:9/••••••••");
        (await scene.NotificationsAsync()).ShouldHaveSingleItem().Status.ShouldBe(NotificationStatus.Pending);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_said_so()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Webhook:Url", "http://recepteur.invalid/crochet"));
        await scene.Given.OverdueTicket();

        await scene.ScanAsync();

        (await scene.AttemptsAsync()).ShouldHaveSingleItem().Outcome.ShouldBe(AttemptOutcome.Dns);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_ends_at_the_timeout_and_the_others_go_out_meanwhile()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:RequestTimeout", "00:00:02"));
        var stuck = await scene.Given.OverdueTicket(lateBy: TimeSpan.FromDays(1));
        var other = await scene.Given.OverdueTicket();
        scene.Receiver.AnswerFor(stuck.TicketId, Reply.Hang);

        var summary = await scene.ScanAsync();

        summary.Notifications!.ShouldHaveSingleItem().TicketId.ShouldBe(other.TicketId);
        var timedOut = (await scene.NotificationsAsync()).Single(row => row.TicketId == stuck.Id);
        timedOut.Status.ShouldBe(NotificationStatus.Pending);
        timedOut.PossibleDuplicate.ShouldBeTrue("bytes were sent and nobody knows whether they were taken");
        (await scene.AttemptsAsync()).Single(attempt => attempt.NotificationId == timedOut.Id).Error.ShouldBe("no_answer: 2");

        var otherAttempt = (await scene.AttemptsAsync()).Single(attempt => attempt.NotificationId != timedOut.Id);
        otherAttempt.DurationMs!.Value.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task A_second_attempt_without_an_answer_ends_it()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:RequestTimeout", "00:00:02"));
        await scene.Given.OverdueTicket();
        scene.Receiver.Default = Reply.Hang;

        await scene.ScanAsync();
        await scene.RetryAsync();

        var dead = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        dead.Status.ShouldBe(NotificationStatus.Dead);
        dead.Cause.ShouldBe(NotificationCause.OutcomeUnknown);
        scene.Receiver.Arrivals.Select(post => post.WebhookId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Every_transient_retry_is_used_and_then_it_is_dead_and_silent_for_24_hours()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:RetryDelays:0", "00:00:10"));
        await scene.Given.OverdueTicket();
        scene.Receiver.Default = new Reply(503);

        await scene.ScanAsync();
        await scene.RetryAsync();

        var dead = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        (dead.Status, dead.Cause, dead.AttemptCount).ShouldBe((NotificationStatus.Dead, NotificationCause.RetriesExhausted, 2));
        await scene.ScanAsync();
        (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        scene.Clock.Now = dead.CreatedAt.AddHours(24.01);
        await scene.ScanAsync();
        (await scene.NotificationsAsync()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(404)]
    public async Task A_configuration_fault_waits_30_minutes_then_4_hours_then_is_dead(int status)
    {
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.OverdueTicket();
        scene.Receiver.Default = new Reply(status) { Headers = new Dictionary<string, string> { ["Location"] = scene.Receiver.Url } };

        await scene.ScanAsync();
        ((await scene.NotificationsAsync())[0].NextAttemptAt - scene.Clock.Now).ShouldBe(TimeSpan.FromMinutes(30));
        await scene.RetryAsync();
        ((await scene.NotificationsAsync())[0].NextAttemptAt - scene.Clock.Now).ShouldBe(TimeSpan.FromHours(4));
        await scene.RetryAsync();

        (await scene.NotificationsAsync())[0].Cause.ShouldBe(NotificationCause.EndpointRefuses);
        scene.Receiver.Arrivals.Count.ShouldBe(3, "redirects are not followed");
    }

    [Fact]
    public async Task Gone_disables_the_endpoint_at_once()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:MaxInFlight", "1"));
        await scene.Given.OverdueTicket();
        scene.Receiver.Answer(410);

        await scene.ScanAsync();
        await scene.Given.OverdueTicket();
        await scene.ScanAsync();

        (await scene.Host.Service<CurrentEndpoint>().ReadAsync(CancellationToken.None)).DisabledAt.ShouldNotBeNull();
        (await scene.NotificationsAsync()).ShouldHaveSingleItem().Cause.ShouldBe(NotificationCause.EndpointGone);
        scene.Receiver.Arrivals.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("999999", 6 * 3600)]
    [InlineData("Wed, 12 Nov 2025 09:36:14 GMT", 599)]
    public async Task Retry_after_holds_the_whole_endpoint(string header, int seconds)
    {
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.OverdueTicket();
        scene.Receiver.Answer(new Reply(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = header } });

        await scene.ScanAsync();

        var heldFor = (await scene.Host.Service<CurrentEndpoint>().ReadAsync(CancellationToken.None)).HeldUntil - scene.Clock.Now;
        heldFor!.Value.TotalSeconds.ShouldBe(seconds, tolerance: 1);
        ((await scene.NotificationsAsync())[0].NextAttemptAt - scene.Clock.Now)!.Value.TotalSeconds.ShouldBeGreaterThanOrEqualTo(seconds - 1);
    }

    [Theory]
    [InlineData("UPDATE tickets SET status = 'in_progress'", NotificationCause.AlreadyStarted)]
    [InlineData("UPDATE tickets SET status = 'completed'", NotificationCause.AlreadyStarted)]
    [InlineData("UPDATE tickets SET scheduled_date = '2030-01-01 00:00:00'", NotificationCause.NoLongerOverdue)]
    [InlineData("UPDATE tickets SET scheduled_date = NULL", NotificationCause.NotPlanned)]
    [InlineData("UPDATE tickets SET assigned_to = NULL", NotificationCause.NotAssigned)]
    [InlineData("UPDATE tickets SET deleted_at = '2025-11-12 00:00:00'", NotificationCause.Trashed)]
    [InlineData("UPDATE tickets SET snoozed_until = '2030-01-01 00:00:00'", NotificationCause.Snoozed)]
    public async Task A_ticket_that_stopped_qualifying_before_the_retry_is_cancelled_with_the_reason(string change, string cause)
    {
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.OverdueTicket();
        scene.Receiver.Answer(500);
        await scene.ScanAsync();
        var waiting = (await scene.NotificationsAsync()).ShouldHaveSingleItem();

        await scene.Database.ExecuteAsync(change);
        scene.Clock.Now = waiting.NextAttemptAt!.Value;
        scene.Host.Service<NotificationDispatcher>().Wake();

        var cancelled = await scene.NotificationAsync(waiting.Id, row => row.Status != NotificationStatus.Pending);
        (cancelled.Status, cancelled.Cause).ShouldBe((NotificationStatus.Cancelled, cause));
        scene.Receiver.Arrivals.Count.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_post_that_left_a_dead_process_is_sent_once_more_with_the_same_id_and_marked(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var left = await LeaveClaimAsync(scene, leftAt: scene.Clock.Now);

        scene.Host.Service<NotificationDispatcher>().Wake();

        var delivered = await scene.NotificationAsync(left.Id, row => row.Status == NotificationStatus.Delivered);
        delivered.PossibleDuplicate.ShouldBeTrue();
        delivered.AttemptCount.ShouldBe(2);
        scene.Receiver.Arrivals.ShouldHaveSingleItem().WebhookId.ShouldBe(left.WebhookId);
    }

    [Theory, BothDatabases]
    public async Task A_post_that_had_not_left_a_dead_process_is_no_repeat_however_often_that_happened(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var left = await LeaveClaimAsync(scene, leftAt: null, wasRepeated: true);

        scene.Host.Service<NotificationDispatcher>().Wake();

        var delivered = await scene.NotificationAsync(left.Id, row => row.Status == NotificationStatus.Delivered);
        delivered.AttemptCount.ShouldBe(2);
        await using var db = scene.Database.CreateDbContext();
        var attempts = await db.WebhookAttempts.AsNoTracking().Where(row => row.NotificationId == left.Id).OrderBy(row => row.Number).ToListAsync();
        attempts.Select(row => row.Outcome).ShouldBe([AttemptOutcome.Cancelled, AttemptOutcome.Accepted]);
        attempts[1].LeftAt.ShouldNotBeNull("written before the first byte");
        scene.Receiver.Arrivals.ShouldHaveSingleItem().WebhookId.ShouldBe(left.WebhookId);
    }

    [Theory, BothDatabases]
    public async Task A_post_whose_claim_was_taken_back_does_not_leave(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var outbox = scene.Host.Service<NotificationOutbox>();
        var left = await LeaveClaimAsync(scene, leftAt: null);
        await using var db = scene.Database.CreateDbContext();
        var attempt = await db.WebhookAttempts.AsNoTracking().SingleAsync(row => row.NotificationId == left.Id);
        scene.Host.Service<NotificationDispatcher>().Wake();
        var delivered = await scene.NotificationAsync(left.Id, row => row.Status == NotificationStatus.Delivered);

        // The process was not dead, only very slow.
        (await outbox.MayLeaveAsync(new Claim(delivered, attempt), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_answer_is_cut_without_splitting_a_character()
    {
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.OverdueTicket();
        scene.Receiver.Default = new Reply(Body: new string('x', 999) + "🔥" + new string('y', 100_000));

        await scene.ScanAsync();

        (await scene.NotificationsAsync())[0].ResponseBody.ShouldBe(new string('x', 999));
    }

    [Fact]
    public async Task The_path_of_the_url_and_the_payload_never_reach_the_log()
    {
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.OverdueTicket(title: "Titre confidentiel");
        scene.Receiver.Answer(500);

        await scene.ScanAsync();
        await scene.RetryAsync();

        scene.Host.Logs.ShouldNotContain(line => line.Contains("secret-du-chemin") || line.Contains("Titre confidentiel"));
    }

    private static async Task<WebhookNotification> LeaveClaimAsync(NotifierScene scene, DateTime? leftAt, bool wasRepeated = false)
    {
        var ticket = await scene.Given.OverdueTicket();
        var left = await scene.Given.Notification(ticket, NotificationStatus.Pending, nextAttemptAt: scene.Clock.Now.AddHours(1));
        await using var db = scene.Database.CreateDbContext();
        db.Add(new WebhookAttempt { NotificationId = left.Id, Number = 1, StartedAt = scene.Clock.Now, LeftAt = leftAt, Outcome = AttemptOutcome.Unknown });
        await db.SaveChangesAsync();
        await db.WebhookNotifications.ExecuteUpdateAsync(row => row
            .SetProperty(x => x.Status, NotificationStatus.Sending)
            .SetProperty(x => x.AttemptCount, 1)
            .SetProperty(x => x.PossibleDuplicate, wasRepeated)
            .SetProperty(x => x.ClaimedBy, "a dead process")
            .SetProperty(x => x.ClaimedUntil, scene.Clock.Now.AddSeconds(-1)));
        return left;
    }
}
