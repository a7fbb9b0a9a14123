using System.Globalization;

namespace MaintenanceApp.Overdue;

/// <summary>A step of the calendar that no time explains.</summary>
/// <param name="Before">What the clock would say now without the step, UTC.</param>
/// <param name="By">Positive: set forward.</param>
public sealed record ClockJump(DateTime Before, TimeSpan By)
{
    /// <summary><c>+02:00:00</c>, <c>-1.01:00:00</c>.</summary>
    public override string ToString() => (By < TimeSpan.Zero ? "-" : "+") + TimeSpan.FromSeconds(Math.Round(By.Duration().TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);
}

/// <summary>
/// Notices that somebody set the clock: compares the calendar with a counter that nobody can set. A machine that slept
/// is no jump where the counter runs on in its sleep: on Linux it is the system's uptime, on Windows the timestamp.
/// </summary>
public sealed class ClockGuard
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private const string LinuxUptime = "/proc/uptime";

    private readonly TimeProvider clock;
    private readonly Func<TimeSpan> uptime;
    private readonly Lock gate = new();
    private DateTime wall;
    private TimeSpan counter;
    private TimeSpan? jumpedForwardAt;

    public ClockGuard(TimeProvider clock)
    {
        this.clock = clock;
        var start = clock.GetTimestamp();
        uptime = clock == TimeProvider.System && OperatingSystem.IsLinux() && File.Exists(LinuxUptime) ? ReadUptime : () => clock.GetElapsedTime(start);
        (wall, counter) = (clock.GetUtcNow().UtcDateTime, uptime());
    }

    /// <summary>The clock was set forward by more than a day within the last 24 hours of real time: dates prove little.</summary>
    public bool IsDoubtful
    {
        get
        {
            lock (gate)
            {
                return jumpedForwardAt is { } at && uptime() - at < TimeSpan.FromDays(1);
            }
        }
    }

    /// <summary>The step since the last look; null when there was none of more than <see cref="Tolerance"/>.</summary>
    public ClockJump? Look()
    {
        lock (gate)
        {
            var (now, count) = (clock.GetUtcNow().UtcDateTime, uptime());
            var expected = wall + (count - counter);
            (wall, counter) = (now, count);
            var by = now - expected;
            if (by.Duration() <= Tolerance)
            {
                return null;
            }

            if (by > TimeSpan.FromDays(1))
            {
                jumpedForwardAt = count;
            }

            return new(expected, by);
        }
    }

    /// <summary>Counts through a suspend, unlike the timestamp (proc(5): seconds since boot).</summary>
    private static TimeSpan ReadUptime() =>
        TimeSpan.FromSeconds(double.Parse(File.ReadAllText(LinuxUptime).Split(' ')[0], CultureInfo.InvariantCulture));
}
