namespace MaintenanceApp.Live;

/// <summary>
/// Keeps one page fresh: calls it after a change of the kinds it named, at most four times a second, and every 15 s
/// anyway so that changes made by another process appear too. A refresh that fails is logged and asked for again, sooner;
/// all ask again when the database is back. Start it after the first render and dispose it with the page.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly Func<Task> refresh;
    private readonly TimeProvider clock;
    private readonly LiveUpdates live;
    private readonly IDisposable subscription;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim signal = new(0, 1);

    private LiveRefresh(LiveUpdates live, TimeProvider clock, Func<Task> refresh, Type[] kinds)
    {
        this.refresh = refresh;
        this.clock = clock;
        this.live = live;
        subscription = live.Subscribe(message =>
        {
            if (message is DatabaseChanged { IsAway: false } || kinds.Contains(message.GetType()))
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
        var wait = Poll;
        try
        {
            while (true)
            {
                await signal.WaitAsync(wait, stop.Token);
                wait = await TryAsync() ? Poll : AfterFailure;
                await Task.Delay(Shortest, clock, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task<bool> TryAsync()
    {
        try
        {
            await refresh();
            return true;
        }
#pragma warning disable CA1031 // One bad answer must not leave the page silent for as long as it stays open.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!stop.IsCancellationRequested)
            {
                live.LogRefreshFailed(exception);
            }

            return false;
        }
    }
}
