using MaintenanceApp.Notifications;

namespace MaintenanceApp.Tests.Notifications;

public sealed class NextStepTests
{
    private static readonly RetrySchedule Schedule = new NotifierOptions().RetrySchedule;

    [Theory]
    [InlineData(200, AttemptOutcome.Accepted)]
    [InlineData(204, AttemptOutcome.Accepted)]
    [InlineData(299, AttemptOutcome.Accepted)]
    [InlineData(300, AttemptOutcome.Redirect)]
    [InlineData(308, AttemptOutcome.Redirect)]
    [InlineData(400, AttemptOutcome.Rejected)]
    [InlineData(404, AttemptOutcome.Rejected)]
    [InlineData(408, AttemptOutcome.Timeout)]
    [InlineData(410, AttemptOutcome.Gone)]
    [InlineData(425, AttemptOutcome.Timeout)]
    [InlineData(429, AttemptOutcome.RateLimited)]
    [InlineData(500, AttemptOutcome.ServerError)]
    [InlineData(599, AttemptOutcome.ServerError)]
    public void A_status_has_a_class(int status, AttemptOutcome expected) => AttemptResult.OutcomeOf(status).ShouldBe(expected);

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 120)]
    [InlineData(3, 600)]
    [InlineData(4, 1800)]
    [InlineData(5, 3600)]
    [InlineData(6, 7200)]
    [InlineData(7, 14400)]
    public void Transient_failures_follow_the_schedule_with_20_percent_jitter(int failed, int seconds)
    {
        Schedule.AfterTransient(failed, 0.5, null).ShouldBe(TimeSpan.FromSeconds(seconds));
        Schedule.AfterTransient(failed, 0, null)!.Value.TotalSeconds.ShouldBe(seconds * 0.8, 0.001);
        Schedule.AfterTransient(failed, 1, null)!.Value.TotalSeconds.ShouldBe(seconds * 1.2, 0.001);
    }

    [Fact]
    public void The_eighth_failure_is_the_last()
    {
        Schedule.MaxAttempts.ShouldBe(8);
        Schedule.AfterTransient(8, 0.5, null).ShouldBeNull();
        NextStep.After(new AttemptResult(AttemptOutcome.ServerError, default) { Status = 503 }, new AttemptHistory(8, 0), Schedule, 0.5)
            .ShouldBe(new NextStep(NotificationStatus.Dead, null, NotificationCause.RetriesExhausted));
    }

    [Fact]
    public void A_time_named_by_the_receiver_is_never_undercut()
    {
        Schedule.AfterTransient(1, 0, TimeSpan.FromMinutes(10)).ShouldBe(TimeSpan.FromMinutes(10));
        Schedule.AfterTransient(1, 1, TimeSpan.FromMinutes(10)).ShouldBe(TimeSpan.FromMinutes(12));
        Schedule.AfterTransient(1, 0, TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_probe_uses_up_nothing() => NextStep
        .After(new AttemptResult(AttemptOutcome.ServerError, default) { Status = 503 }, new AttemptHistory(8, 0, IsProbe: true), Schedule, 0.5)
        .ShouldBe(new NextStep(NotificationStatus.Pending, TimeSpan.Zero));

    [Fact]
    public void A_test_is_made_once() => NextStep
        .After(new AttemptResult(AttemptOutcome.ServerError, default) { Status = 503 }, new AttemptHistory(1, 0, IsTest: true), Schedule, 0.5)
        .ShouldBe(new NextStep(NotificationStatus.Dead, null, NotificationCause.TestFailed));

    [Fact]
    public void A_post_that_did_not_leave_waits_again_or_is_cancelled_with_its_cause()
    {
        Refused(SendRefusal.NotNow).ShouldBe(new NextStep(NotificationStatus.Pending, TimeSpan.Zero));
        Refused(new(NotificationCause.Trashed)).ShouldBe(new NextStep(NotificationStatus.Cancelled, null, NotificationCause.Trashed));

        static NextStep Refused(SendRefusal refusal) =>
            NextStep.After(new AttemptResult(AttemptOutcome.Cancelled, default) { Refusal = refusal }, new AttemptHistory(0, 0), Schedule, 0.5);
    }
}
