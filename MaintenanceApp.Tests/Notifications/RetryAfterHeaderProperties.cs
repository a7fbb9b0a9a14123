using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Notifications;

public sealed class RetryAfterHeaderProperties
{
    private static readonly DateTimeOffset Now = new(FakeClock.Start);
    private static readonly TimeSpan Cap = RetrySchedule.LongestHold;

    private static readonly Gen<string> Nearly = Gen.Elements(
            "60", "0", "-", "+", "1", "9", " ", "\t", ".", "5", "e3", "Wed, ", "12 Nov 2025", " 09:30:00", " GMT", "Wednesday, 12-Nov-25 09:30:00 GMT", "Wed Nov 12 09:30:00 2025", ",", "soon", "\0", "é", "١")
        .ListOf().Select(string.Concat);

    [Fact]
    public void Seconds_are_waited_up_to_the_cap() => Always.Holds(
        Gen.OneOf(Always.Between(0, int.MaxValue).Select(number => (long)number), Gen.Elements(21_599L, 21_600, 21_601, int.MaxValue + 1L, long.MaxValue)),
        seconds => RetryAfterHeader.Parse([seconds.ToString(CultureInfo.InvariantCulture)], Now)
            .ShouldBe(seconds == 0 ? null : seconds < Cap.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Cap));

    [Fact]
    public void A_date_is_waited_for_up_to_the_cap_and_a_past_one_not_at_all() => Always.Holds(
        Gen.OneOf(Always.Between(-100_000, 100_000), Gen.Choose(-2_000_000_000, 2_000_000_000)),
        seconds =>
        {
            var date = new DateTimeOffset(Now.Ticks - (Now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddSeconds(seconds);
            var wait = date - Now;
            RetryAfterHeader.Parse([date.ToString("R", CultureInfo.InvariantCulture)], Now).ShouldBe(wait <= TimeSpan.Zero ? null : wait < Cap ? wait : Cap);
        });

    [Fact]
    public void Of_several_the_longest_counts() => Always.Holds(Always.Between(1, 30_000).NonEmptyListOf(), all =>
        RetryAfterHeader.Parse(all.Select(seconds => seconds.ToString(CultureInfo.InvariantCulture)), Now)
            .ShouldBe(TimeSpan.FromSeconds(Math.Min(all.Max(), Cap.TotalSeconds))));

    [Fact]
    public void Two_on_one_line_count_as_two_lines() => Always.Holds(Always.Between(1, 30_000).NonEmptyListOf(), all =>
        RetryAfterHeader.Parse([string.Join(", ", all.Select(seconds => seconds.ToString(CultureInfo.InvariantCulture)))], Now)
            .ShouldBe(TimeSpan.FromSeconds(Math.Min(all.Max(), Cap.TotalSeconds))));

    [Fact]
    public void Whatever_it_says_nothing_throws_and_nothing_beyond_the_cap_is_waited() => Always.Holds(
        Gen.OneOf(Nearly, Always.AnyText).ListOf(),
        values =>
        {
            if (RetryAfterHeader.Parse(values, Now) is { } wait)
            {
                wait.ShouldBeGreaterThan(TimeSpan.Zero);
                wait.ShouldBeLessThanOrEqualTo(Cap);
            }
        },
        times: 2000);

    [Fact]
    public void Negative_absent_and_nonsense_are_no_wait()
    {
        foreach (var nothing in new[] { "", " ", "-1", "-99999999999999999999", "+5", "1.5", "5s", "1e3", "soon", "0", ",", "0, 0", "Wed, 32 Nov 2025 09:30:00 GMT" })
        {
            RetryAfterHeader.Parse([nothing], Now).ShouldBeNull(nothing);
        }

        RetryAfterHeader.Parse([], Now).ShouldBeNull();
        RetryAfterHeader.Parse(["99999999999999999999"], Now).ShouldBe(Cap);
    }
}
