namespace MaintenanceApp.Tests.Support;

/// <summary>
/// A calendar that stands still until a test moves it. Only the date is fake: timestamps and timers stay real, so pace
/// and timeouts can be measured.
/// </summary>
public sealed class FakeClock(DateTime? start = null) : TimeProvider
{
    /// <summary>The instant of the example in the notifier's contract (UTC).</summary>
    public static readonly DateTime Start = new(2025, 11, 12, 9, 26, 14, 510, DateTimeKind.Utc);

    private readonly Lock gate = new();
    private DateTime now = Utc(start ?? Start);

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
        }
    }

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);

    private static DateTime Utc(DateTime value) => value.Kind == DateTimeKind.Utc
        ? value
        : throw new ArgumentException($"The clock holds UTC; {value:O} is {value.Kind}.", nameof(value));
}
