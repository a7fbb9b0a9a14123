namespace MaintenanceApp.Tests.Support;

/// <summary>
/// A calendar that stands still until a test moves it. Only the date is fake: timestamps and timers stay real, so pace
/// and timeouts can be measured. With <paramref name="ownsTime"/> the timestamps are fake too: then <see cref="Advance"/>
/// is time that passes and <see cref="Jump"/> is somebody who sets the clock. Without it nobody notices a jump.
/// </summary>
public sealed class FakeClock(DateTime? start = null, bool ownsTime = false) : TimeProvider
{
    /// <summary>The instant of the example in the notifier's contract (UTC).</summary>
    public static readonly DateTime Start = new(2025, 11, 12, 9, 26, 14, 510, DateTimeKind.Utc);

    private readonly Lock gate = new();
    private DateTime now = Utc(start ?? Start);
    private TimeSpan passed;

    public bool OwnsTime { get; } = ownsTime;

    /// <summary>UTC.</summary>
    public DateTime Now
    {
        get
        {
            lock (gate)
            {
                return now;
            }
        }

        set
        {
            lock (gate)
            {
                now = Utc(value);
            }
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
            passed += by;
        }
    }

    /// <summary>The calendar alone: no time passes.</summary>
    public void Jump(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
        }
    }

    /// <summary>Time that the calendar does not show: with <see cref="Jump"/> the same as setting the clock back.</summary>
    public void Elapse(TimeSpan by)
    {
        lock (gate)
        {
            passed += by;
        }
    }

    public override long GetTimestamp()
    {
        if (!OwnsTime)
        {
            return base.GetTimestamp();
        }

        lock (gate)
        {
            return (long)(passed.TotalSeconds * TimestampFrequency);
        }
    }

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);

    private static DateTime Utc(DateTime value) => value.Kind == DateTimeKind.Utc
        ? value
        : throw new ArgumentException($"The clock holds UTC; {value:O} is {value.Kind}.", nameof(value));
}
