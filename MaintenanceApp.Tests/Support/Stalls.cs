using System.Collections.Concurrent;
using System.Diagnostics;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// Notices when this process did not get the processor: a receiver in it then looks at its clock too late, and two posts
/// seem closer than they were. On a quiet machine there are none.
/// </summary>
public sealed class Stalls : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly PeriodicTimer timer = new(Interval);
    private readonly ConcurrentQueue<(long From, long To)> seen = new();

    public Stalls() => _ = WatchAsync();

    /// <summary>The longest; zero when there was none.</summary>
    public TimeSpan Longest => seen.Select(Length).DefaultIfEmpty().Max();

    /// <summary>The longest that may have delayed something seen at this timestamp (<see cref="Stopwatch"/>).</summary>
    public TimeSpan Before(long timestamp)
    {
        var earliest = timestamp - (long)(0.25 * Stopwatch.Frequency);
        var latest = timestamp + (long)(0.02 * Stopwatch.Frequency);
        return seen.Where(stall => stall.To >= earliest && stall.From <= latest).Select(Length).DefaultIfEmpty().Max();
    }

    public void Dispose() => timer.Dispose();

    private static TimeSpan Length((long From, long To) stall) => Stopwatch.GetElapsedTime(stall.From, stall.To);

    private async Task WatchAsync()
    {
        var last = Stopwatch.GetTimestamp();
        while (await timer.WaitForNextTickAsync())
        {
            var now = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(last, now) > 3 * Interval)
            {
                seen.Enqueue((last, now));
            }

            last = now;
        }
    }
}
