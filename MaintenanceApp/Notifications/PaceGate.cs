namespace MaintenanceApp.Notifications;

/// <summary>
/// Lets one caller pass, then nobody for the interval: start to start, on the monotonic clock, in the order of arrival.
/// </summary>
public sealed class PaceGate(TimeProvider clock)
{
    // Timers and sockets jitter by a few milliseconds; this keeps two arrivals at the receiver from coming closer than the interval.
    private static readonly TimeSpan Guard = TimeSpan.FromMilliseconds(3);

    private readonly SemaphoreSlim turn = new(1, 1);
    private long? lastPass;

    /// <param name="interval">Zero lets everybody pass at once.</param>
    /// <param name="cancellationToken">Gives up the turn.</param>
    /// <param name="leave">What happens at the gate; the interval counts from its end, so that a slow one is not caught up with.</param>
    public async Task PassAsync(TimeSpan interval, CancellationToken cancellationToken, Func<Task>? leave = null)
    {
        if (interval == TimeSpan.Zero)
        {
            await (leave?.Invoke() ?? Task.CompletedTask);
            return;
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            while (lastPass is { } last && interval + Guard - clock.GetElapsedTime(last) is { Ticks: > 0 } remaining)
            {
                // Timers count whole milliseconds and may fire early: round up, then look again.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds)), clock, cancellationToken);
            }

            await (leave?.Invoke() ?? Task.CompletedTask);
        }
        finally
        {
            lastPass = clock.GetTimestamp();
            turn.Release();
        }
    }
}
