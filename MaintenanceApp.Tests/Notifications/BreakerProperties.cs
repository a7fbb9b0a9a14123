using FsCheck;
using FsCheck.Fluent;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>The breaker of notifier.md §3 over random histories, against counters kept by hand.</summary>
public sealed class BreakerProperties
{
    private static readonly int[] ProbeSeconds = [60, 120, 240, 480, 900, 900, 900];

    private static readonly (AttemptOutcome Outcome, int? Status)[] Ends =
    [
        (AttemptOutcome.Accepted, 200), (AttemptOutcome.Rejected, 404), (AttemptOutcome.Gone, 410), (AttemptOutcome.Redirect, 302),
        (AttemptOutcome.RateLimited, 429), (AttemptOutcome.ServerError, 503), (AttemptOutcome.Timeout, 408), (AttemptOutcome.Timeout, null),
        (AttemptOutcome.Dns, null), (AttemptOutcome.Connect, null), (AttemptOutcome.Reset, null), (AttemptOutcome.Tls, null),
        (AttemptOutcome.BlockedAddress, null), (AttemptOutcome.Cancelled, null),
    ];

    private static readonly Gen<AttemptResult> AnyResult = Gen.Frequency(
            (1, Gen.Elements(Ends)), (4, Gen.Elements(Ends.Where(end => IsTransient(end.Outcome)))))
        .Select(end => new AttemptResult(end.Outcome, TimeSpan.FromSeconds(1)) { Status = end.Status });

    [Fact]
    public void Over_any_history_it_opens_at_the_fifth_failure_and_closes_at_the_first_answer() => Always.Holds(AnyResult.ListOf(60), results =>
    {
        var (breaker, now) = (Breaker.Closed, FakeClock.Start);
        var failures = 0;
        foreach (var result in results)
        {
            var wasOpen = breaker.IsOpen;
            var isProbe = wasOpen;
            now = breaker.ProbeAt ?? now.AddSeconds(1);
            var before = breaker;
            breaker = breaker.After(result, isProbe, now);

            if (IsTransient(result.Outcome))
            {
                failures++;
                breaker.IsOpen.ShouldBe(wasOpen || failures >= 5, "exactly at the fifth in a row");
            }
            else if (result.Status is not null)
            {
                failures = 0;
                breaker.ShouldBe(Breaker.Closed, $"{result.Outcome} {result.Status} is an answer");
            }
            else if (!wasOpen || result.Outcome == AttemptOutcome.Cancelled)
            {
                breaker.ShouldBe(before, $"{result.Outcome} says nothing about the receiver");
            }

            (breaker.IsOpen, breaker.ProbeAt is not null, breaker.OpenedAt is not null).ShouldBe((breaker.IsOpen, breaker.IsOpen, breaker.IsOpen));
            if (breaker.IsOpen && result.Outcome != AttemptOutcome.Cancelled)
            {
                (breaker.ProbeAt!.Value - now).ShouldBe(breaker.ProbeDelay);
                breaker.ProbeDelay.ShouldBeInRange(Breaker.FirstDelay, Breaker.LongestDelay);
                breaker.OpenedAt.ShouldBe(wasOpen ? before.OpenedAt : now);
            }
        }
    });

    [Fact]
    public void Probes_come_after_60_120_240_480_900_900_seconds() => Always.Holds(
        Gen.Elements(Ends.Where(end => IsTransient(end.Outcome))).Select(end => new AttemptResult(end.Outcome, default) { Status = end.Status }).ListOf(5 + ProbeSeconds.Length - 1),
        failures =>
        {
            var (breaker, now) = (Breaker.Closed, FakeClock.Start);
            var delays = new List<int>();
            foreach (var failure in failures)
            {
                now = breaker.ProbeAt ?? now;
                breaker = breaker.After(failure, breaker.IsOpen, now);
                if (breaker.IsOpen)
                {
                    delays.Add((int)(breaker.ProbeAt!.Value - now).TotalSeconds);
                }
            }

            delays.ShouldBe(ProbeSeconds);
        },
        times: 100);

    [Fact]
    public void Posts_under_way_when_it_opened_neither_delay_nor_double_the_probe() => Always.Holds(AnyResult.Where(result => IsTransient(result.Outcome)).ListOf(8), late =>
    {
        var open = Opened();
        var after = late.Aggregate(open, (breaker, result) => breaker.After(result, isProbe: false, FakeClock.Start.AddSeconds(20)));
        (after.OpenedAt, after.ProbeAt, after.ProbeDelay).ShouldBe((open.OpenedAt, open.ProbeAt, open.ProbeDelay));
    });

    private static Breaker Opened() => Enumerable.Range(0, Breaker.Threshold)
        .Aggregate(Breaker.Closed, (breaker, _) => breaker.After(new AttemptResult(AttemptOutcome.Connect, default), false, FakeClock.Start));

    // As the contract lists them; not the product's own property.
    private static bool IsTransient(AttemptOutcome outcome) => outcome is AttemptOutcome.Dns or AttemptOutcome.Connect or AttemptOutcome.Timeout
        or AttemptOutcome.Reset or AttemptOutcome.RateLimited or AttemptOutcome.ServerError or AttemptOutcome.Unknown;
}
