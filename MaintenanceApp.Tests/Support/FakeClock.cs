using Microsoft.Extensions.Time.Testing;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// A calendar that stands still until a test moves it. Two things the library's clock cannot do: only the date is fake, timestamps
/// and timers stay real, so that pace and timeouts can be measured; and the date can be set while no time passes. With
/// <paramref name="ownsTime"/> the timestamps are fake too: then <see cref="FakeTimeProvider.Advance"/> is time that passes
/// and <see cref="Jump"/> is somebody who sets the clock. Without it nobody notices a jump.
/// </summary>
public sealed class FakeClock(DateTime? start = null, bool ownsTime = false) : FakeTimeProvider(Utc(start ?? Start))
{
    /// <summary>The instant of the example in the notifier's contract (UTC).</summary>
    public static new readonly DateTime Start = new(2025, 11, 12, 9, 26, 14, 510, DateTimeKind.Utc);

    /// <summary>Ticks between the time that passed and what the calendar shows.</summary>
    private long ahead;

    public bool OwnsTime { get; } = ownsTime;

    public override long TimestampFrequency => OwnsTime ? base.TimestampFrequency : System.TimestampFrequency;

    /// <summary>UTC.</summary>
    public DateTime Now
    {
        get => GetUtcNow().UtcDateTime;
        set => Interlocked.Exchange(ref ahead, (Utc(value) - base.GetUtcNow()).Ticks);
    }

    /// <summary>The calendar alone: no time passes.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    /// <summary>Time that the calendar does not show: with <see cref="Jump"/> the same as setting the clock back.</summary>
    public void Elapse(TimeSpan by)
    {
        Jump(-by);
        Advance(by);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    // The library counts by its calendar, which may be set.
    public override long GetTimestamp() => OwnsTime ? base.GetUtcNow().Ticks : System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);

    private static DateTimeOffset Utc(DateTime value) => value.Kind == DateTimeKind.Utc
        ? new DateTimeOffset(value)
        : throw new ArgumentException($"The clock holds UTC; {value:O} is {value.Kind}.", nameof(value));
}
