using System.Diagnostics.Metrics;
using MaintenanceApp.Data;

namespace MaintenanceApp.Notifications;

/// <summary>State of the notifier at one instant, as the gauges show it.</summary>
/// <param name="LastScanAt">End of the last finished scan, UTC.</param>
/// <param name="Due">Tickets that match rules 1 to 3: <paramref name="Eligible"/> plus all the <paramref name="Suppressed"/>.</param>
/// <param name="Eligible">Tickets that match all five rules: a scan now would write a notification for each.</param>
/// <param name="AtRisk">Tickets planned within the next 24 hours that nobody has started (received or diagnostic), assigned or not.</param>
/// <param name="Suppressed">Due tickets that do not notify, each under the first reason that holds.</param>
/// <param name="Queue">Notifications that are pending or being sent, by state.</param>
/// <param name="OldestPending">Age of the oldest of these, whether it is held, throttled or only slow; zero when none waits.</param>
/// <param name="Breaker">0 closed, 1 open, 2 a probe may leave.</param>
public sealed record NotifierSnapshot(
    DateTime? LastScanAt,
    int Due,
    int Eligible,
    int AtRisk,
    IReadOnlyDictionary<string, int> Suppressed,
    IReadOnlyDictionary<string, int> Queue,
    TimeSpan OldestPending,
    int Breaker);

/// <summary>
/// The meter <c>MaintenanceApp.Notifier</c>; names after OpenTelemetry's conventions, units after UCUM. Counters and
/// histograms are recorded where things happen; gauges repeat the last <see cref="NotifierSnapshot"/>.
/// </summary>
public sealed class NotifierMeter
{
    public const string Name = Hosting.Telemetry.Notifier;

    /// <summary>A snapshot is repeated for this long; after that the gauges fall silent instead of lying.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    private readonly TimeProvider clock;
    private readonly Counter<long> scans;
    private readonly Histogram<double> scanDuration;
    private readonly Counter<long> notifications;
    private readonly Counter<long> attempts;
    private readonly Histogram<double> attemptDuration;
    private readonly Counter<long> unknown;
    private (NotifierSnapshot Value, long At)? last;

    public NotifierMeter(IMeterFactory meters, TimeProvider clock)
    {
        this.clock = clock;
        var meter = meters.Create(Name);
        scans = meter.CreateCounter<long>("maintenance.notifier.scans", "{scan}", "Scans that ended, by result.");
        scanDuration = meter.CreateHistogram<double>("maintenance.notifier.scan.duration", "s", "From the start of a scan to its last row.");
        notifications = meter.CreateCounter<long>("maintenance.notifier.notifications", "{notification}", "Notifications that ended, by outcome: delivered, dead or cancelled.");
        attempts = meter.CreateCounter<long>("maintenance.notifier.attempts", "{attempt}", "HTTP requests that ended, by class.");
        attemptDuration = meter.CreateHistogram<double>("maintenance.notifier.attempt.duration", "s", "From the start of a post to the last byte of its answer.");
        unknown = meter.CreateCounter<long>("maintenance.notifier.attempts.unknown", "{attempt}", "Attempts of which nobody knows whether the receiver took them; each may cause a duplicate.");

        meter.CreateObservableGauge("maintenance.notifier.scan.last_success", () => Of(now => now.LastScanAt is { } at ? [new((at - DateTime.UnixEpoch).TotalSeconds)] : Array.Empty<Measurement<double>>()), "s", "End of the last finished scan, seconds since 1970 UTC.");
        meter.CreateObservableGauge("maintenance.notifier.tickets.due", () => Of(now => One(now.Due)), "{ticket}", "Planned, passed, assigned and not started: rules 1 to 3.");
        meter.CreateObservableGauge("maintenance.notifier.tickets.eligible", () => Of(now => One(now.Eligible)), "{ticket}", "Due tickets that a scan now would notify: all five rules.");
        meter.CreateObservableGauge("maintenance.notifier.tickets.at_risk", () => Of(now => One(now.AtRisk)), "{ticket}", "Planned within 24 hours and not started.");
        meter.CreateObservableGauge("maintenance.notifier.tickets.suppressed", () => Of(now => Each(now.Suppressed, "reason")), "{ticket}", "Due tickets that do not notify now, by reason.");
        meter.CreateObservableGauge("maintenance.notifier.queue.depth", () => Of(now => Each(now.Queue, "state")), "{notification}", "Notifications that are pending or being sent.");
        meter.CreateObservableGauge("maintenance.notifier.queue.oldest_age", () => Of(now => new Measurement<double>[] { new(now.OldestPending.TotalSeconds) }), "s", "Age of the oldest notification that is not sent yet.");
        meter.CreateObservableGauge("maintenance.notifier.breaker.state", () => Of(now => One(now.Breaker)), "1", "0 closed, 1 open, 2 probing.");
    }

    /// <summary>Somebody collects: without a listener the gauges need no snapshot.</summary>
    public bool IsWatched => scans.Enabled;

    public void ScanEnded(bool isGood, TimeSpan duration)
    {
        var result = Tag("result", isGood ? "finished" : "failed");
        scans.Add(1, result);
        scanDuration.Record(duration.TotalSeconds, result);
    }

    public void AttemptEnded(AttemptResult result)
    {
        var tag = Tag("outcome", Snake.Of(result.Outcome));
        attempts.Add(1, tag);
        attemptDuration.Record(result.Duration.TotalSeconds, tag);
        if (result.IsUnknown)
        {
            unknown.Add(1);
        }
    }

    /// <summary>Attempts whose process died in mid-send, found afterwards.</summary>
    public void Abandoned(int count) => unknown.Add(count);

    /// <summary>Counts what has ended; a status that only waits is no end.</summary>
    public void NotificationsEnded(NotificationStatus status, int count)
    {
        if (count > 0 && status is not (NotificationStatus.Pending or NotificationStatus.Sending))
        {
            notifications.Add(count, Tag("outcome", Snake.Of(status)));
        }
    }

    /// <summary>What the gauges say from now on.</summary>
    public void Show(NotifierSnapshot snapshot) => last = (snapshot, clock.GetTimestamp());

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static Measurement<long>[] One(int value) => [new(value)];

    private static Measurement<long>[] Each(IReadOnlyDictionary<string, int> counts, string name) =>
        [.. counts.Select(count => new Measurement<long>(count.Value, Tag(name, count.Key)))];

    private Measurement<T>[] Of<T>(Func<NotifierSnapshot, Measurement<T>[]> measure)
        where T : struct => last is var (snapshot, at) && clock.GetElapsedTime(at) < Fresh ? measure(snapshot) : [];
}
