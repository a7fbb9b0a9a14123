namespace MaintenanceApp.Live;

/// <summary>
/// Keeps one page fresh: calls it after a change of the kinds it named, at most four times a second, and every 15 s
/// anyway so that changes made by another process appear too. Start it after the first render and dispose it with the page.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);

    private readonly Func<Task> refresh;
    private readonly TimeProvider clock;
    private readonly IDisposable subscription;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim signal = new(0, 1);

    private LiveRefresh(LiveUpdates live, TimeProvider clock, Func<Task> refresh, Type[] kinds)
    {
        this.refresh = refresh;
        this.clock = clock;
        subscription = live.Subscribe(message =>
        {
            if (kinds.Contains(message.GetType()))
            {
                Signal();
            }
        });
    }

    /// <param name="live">Where changes are published.</param>
    /// <param name="clock">For the pause between refreshes.</param>
    /// <param name="refresh">Usually <c>() => InvokeAsync(ReloadAsync)</c>.</param>
    /// <param name="kinds">The message types of <see cref="LiveUpdates"/> this page shows.</param>
    public static LiveRefresh Start(LiveUpdates live, TimeProvider clock, Func<Task> refresh, params Type[] kinds)
    {
        var started = new LiveRefresh(live, clock, refresh, kinds);
        _ = started.RunAsync();
        return started;
    }

    public void Dispose()
    {
        subscription.Dispose();
        stop.Cancel();
    }

    private void Signal()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // A refresh is already due; this change comes with it.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await signal.WaitAsync(Poll, stop.Token);
                await refresh();
                await Task.Delay(Shortest, clock, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        catch (ObjectDisposedException)
        {
            // The circuit ended between the signal and the refresh.
        }
    }
}
