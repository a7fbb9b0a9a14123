using FsCheck;
using FsCheck.Fluent;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Notifications;

public sealed class RetryScheduleProperties
{
    private static readonly RetrySchedule Standard = new NotifierOptions().RetrySchedule;

    private static readonly Gen<RetrySchedule> AnySchedule = Gen.Frequency(
        (1, Gen.Constant(Standard)),
        (2, Gen.NonEmptyListOf(Always.Span(TimeSpan.FromHours(12)).Select(span => span + TimeSpan.FromTicks(1))).Select(delays => new RetrySchedule([.. delays]))));

    private static readonly Gen<double> Random = Always.Between(0, 1_000_000).Select(millionths => millionths / 1_000_000d);

    private static readonly Gen<TimeSpan?> RetryAfter = Always.Perhaps(Always.Span(RetrySchedule.LongestHold));

    [Fact]
    public void A_delay_stays_within_a_fifth_unless_the_receiver_named_a_time() => Always.Holds(
        from schedule in AnySchedule
        from failed in Gen.Choose(1, schedule.Delays.Count)
        from random in Random
        from asked in RetryAfter
        select (schedule, failed, random, asked),
        one =>
        {
            var (schedule, failed, random, asked) = one;
            var plain = schedule.Delays[failed - 1];
            var delay = schedule.AfterTransient(failed, random, asked).ShouldNotBeNull();
            delay.ShouldBeGreaterThanOrEqualTo(asked ?? TimeSpan.Zero, "never below Retry-After");
            delay.ShouldBeGreaterThanOrEqualTo(0.8 * plain - TimeSpan.FromTicks(1));
            var longest = plain > (asked ?? TimeSpan.Zero) ? plain : asked!.Value;
            delay.ShouldBeLessThanOrEqualTo(1.2 * longest + TimeSpan.FromTicks(1), "never beyond the caps");
        });

    [Fact]
    public void It_ends_after_as_many_retries_as_configured() => Always.Holds(
        from schedule in AnySchedule
        from more in Always.Between(1, 1000)
        from random in Random
        from asked in RetryAfter
        select (schedule, more, random, asked),
        one => one.schedule.AfterTransient(one.schedule.Delays.Count + one.more, one.random, one.asked).ShouldBeNull());

    [Fact]
    public void More_chance_is_never_a_shorter_wait() => Always.Holds(
        from schedule in AnySchedule
        from failed in Gen.Choose(1, schedule.Delays.Count)
        from first in Random
        from second in Random
        from asked in RetryAfter
        select (schedule, failed, Low: Math.Min(first, second), High: Math.Max(first, second), asked),
        one => one.schedule.AfterTransient(one.failed, one.Low, one.asked)!.Value
            .ShouldBeLessThanOrEqualTo(one.schedule.AfterTransient(one.failed, one.High, one.asked)!.Value));

    [Fact]
    public void The_standard_schedule_waits_longer_each_time_whatever_the_jitter() => Always.Holds(
        from failed in Gen.Choose(1, Standard.Delays.Count - 1)
        from first in Random
        from second in Random
        select (failed, first, second),
        one => Standard.AfterTransient(one.failed, one.first, null)!.Value.ShouldBeLessThan(Standard.AfterTransient(one.failed + 1, one.second, null)!.Value));

    [Fact]
    public void A_fault_waits_half_an_hour_then_four_hours_then_no_more() => Always.Holds(Always.Between(1, 100), faults =>
        RetrySchedule.AfterFault(faults).ShouldBe(faults switch
        {
            1 => TimeSpan.FromMinutes(30),
            2 => TimeSpan.FromHours(4),
            _ => null,
        }));
}
