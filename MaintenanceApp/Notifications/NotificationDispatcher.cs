using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Sends what is due: one start per interval, several posts in flight, the rule checked again before each. The only way
/// to the endpoint: scans, retries and resends all pass here.
/// </summary>
public sealed partial class NotificationDispatcher(
    NotificationOutbox outbox,
    DueNotifications dueNow,
    StepAside stepAside,
    CurrentEndpoint endpoint,
    PostsInFlight posts,
    SecretVault vault,
    NotifierTrouble trouble,
    IOptionsMonitor<NotifierOptions> options,
    TimeProvider clock,
    ILogger<NotificationDispatcher> logger)
{
    /// <summary>One drain lasts no longer, so that a job has an end; what is left is the next one's.</summary>
    public static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReclaimInterval = TimeSpan.FromSeconds(5);

    private readonly PaceGate pace = new(clock);
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly SemaphoreSlim news = new(0, 1);
    private readonly SemaphoreSlim oneDrain = new(1, 1);
    private CancellationToken stopping;
    private long? reclaimed;
    private Drained tally = new();

    /// <summary>A turn that was waited for and not used, because the notification was cancelled instead.</summary>
    private bool hasTurn;

    /// <summary>A drain is under way in this process.</summary>
    public bool IsDraining => oneDrain.CurrentCount == 0;

    /// <summary>How many drains have begun in this process.</summary>
    public int Drains { get; private set; }

    /// <summary>The last drain moved no notification: nothing was due for this process, or it failed.</summary>
    public bool DidNothing => tally.IsEmpty;

    /// <summary>Something new is due: look now instead of in a moment.</summary>
    public void Wake()
    {
        Signal(wake);
        Signal(news);
    }

    /// <summary>For the sweep: ends when <see cref="Wake"/> was called, or after <paramref name="atMost"/>.</summary>
    public Task WokenAsync(TimeSpan atMost, CancellationToken cancellationToken) => wake.WaitAsync(atMost, cancellationToken);

    /// <summary>Ends when no drain is under way, so that nothing is in flight.</summary>
    public async Task EndedAsync()
    {
        await oneDrain.WaitAsync();
        oneDrain.Release();
    }

    /// <summary>Whether a drain would find something; claims nothing but what dead processes left behind.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        await ReclaimAsync(cancellationToken, always: true);
        try
        {
            // Never unsigned because the keys are lost: what is due waits, see SecretVault, and no drain would send it.
            return await DueAsync(cancellationToken) is not null && !(await vault.ReadAsync(SecretPurpose.WebhookSigning, cancellationToken)).IsUnreadable;
        }
        catch (RowFaultException)
        {
            // A drain puts it aside.
            return true;
        }
    }

    /// <summary>
    /// Sends until nothing is due and nothing is in flight, at most about <see cref="LongestDrain"/>. When
    /// <paramref name="stopping"/> ends it starts nothing new, gives up what has not left, and waits for the posts in flight.
    /// </summary>
    /// <returns>What became of it; null when another drain of this process does it already.</returns>
    public async Task<Drained?> DrainAsync(CancellationToken stopping)
    {
        if (!await oneDrain.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            // It may have had its last look: then the sweep looks once more when it has ended.
            Signal(news);
            return null;
        }

        try
        {
            Drains++;
            tally = new();
            this.stopping = stopping;

            // What was new before now is found by the first look.
            await news.WaitAsync(TimeSpan.Zero, CancellationToken.None);
            await SendDueAsync(stopping);
            return tally;
        }
#pragma warning disable CA1031 // Told here as well as to the caller: health must know whoever called.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            trouble.Report(exception);
            LogTrouble(logger, exception);
            throw;
        }
        finally
        {
            await Task.WhenAll(posts.Running);
            await endpoint.StopLeadingAsync(outbox.Holder, options.CurrentValue.SendInterval);
            oneDrain.Release();

            // Where it moved something there may be more; so there is when somebody woke it after its last look.
            if (!tally.IsEmpty || await news.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            {
                Signal(wake);
            }
        }
    }

    private async Task SendDueAsync(CancellationToken stopping)
    {
        var started = clock.GetTimestamp();
        try
        {
            while (!stopping.IsCancellationRequested && clock.GetElapsedTime(started) < LongestDrain)
            {
                if (await StartNextAsync(stopping))
                {
                    continue;
                }

                if (posts.Running is [])
                {
                    return;
                }

                // The end of a post, or somebody who adds another.
                await news.WaitAsync(Idle, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is in flight ends with the drain.
        }
    }

    /// <summary>Starts one post, cancels one or puts one aside. False when nothing may be sent now.</summary>
    private async Task<bool> StartNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryStartNextAsync(cancellationToken);
        }
        catch (RowFaultException fault)
        {
            LogAside(logger, fault.NotificationId, fault);
            await stepAside.ExecuteAsync(fault, cancellationToken);
            tally.Count(NotificationStatus.Pending);
            trouble.Over();
            return true;
        }
    }

    private async Task<bool> TryStartNextAsync(CancellationToken cancellationToken)
    {
        while (posts.Running is var running && running.Length >= options.CurrentValue.MaxInFlight)
        {
            await Task.WhenAny(running).WaitAsync(cancellationToken);
        }

        await ReclaimAsync(cancellationToken);
        if (await NextAsync(cancellationToken) is null)
        {
            trouble.Over();
            return false;
        }

        if (!hasTurn)
        {
            await pace.PassAsync(options.CurrentValue.SendInterval, cancellationToken);
            hasTurn = true;
        }

        // The turn may have taken a while: look again at what is due, and where to.
        if (await NextAsync(cancellationToken) is not var (due, url, kind))
        {
            return false;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        switch (await posts.PrepareAsync(due, now, cancellationToken))
        {
            case NotificationContent.Cancel(var cause):
                await outbox.CancelAsync(due, cause, cancellationToken);
                tally.Count(NotificationStatus.Cancelled);
                break;
            case NotificationContent.Body(var json):
                var secrets = await vault.ReadAsync(SecretPurpose.WebhookSigning, cancellationToken);
                if (secrets.IsUnreadable)
                {
                    // Never unsigned because the keys are lost: it waits, see SecretVault.
                    trouble.Over();
                    return false;
                }

                var request = new WebhookRequest(url, due.WebhookId!, now, json).SignedWith(secrets.Values);
                if (await RowFaultException.GuardAsync(due.Id, () => outbox.ClaimAsync(due, request, kind == DispatchMode.Probe, cancellationToken)) is { } claim)
                {
                    hasTurn = false;
                    posts.Start(claim, request, tally, () => Signal(news), stopping);
                }

                break;
        }

        trouble.Over();
        return true;
    }

    private async Task<(WebhookNotification Due, string Url, DispatchMode Kind)?> NextAsync(CancellationToken cancellationToken) =>
        await DueAsync(cancellationToken) is { } next && await endpoint.TryLeadAsync(next.Url, outbox.Holder, cancellationToken) ? next : null;

    private async Task<(WebhookNotification Due, string Url, DispatchMode Kind)?> DueAsync(CancellationToken cancellationToken)
    {
        var state = await endpoint.ReadAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;

        // One probe at a time, and none while posts that left before the breaker opened may still be answered.
        return state.ModeAt(now) is { } kind
            && !(kind == DispatchMode.Probe && posts.Ids.Count > 0)
            && await dueNow.PeekAsync(kind, now, cancellationToken) is { } due
            ? (due, state.Url!, kind)
            : null;
    }

    /// <summary>Looks for abandoned claims, however long the queue is.</summary>
    private async Task ReclaimAsync(CancellationToken cancellationToken, bool always = false)
    {
        if (!always && reclaimed is { } last && clock.GetElapsedTime(last) < ReclaimInterval)
        {
            return;
        }

        await outbox.ReclaimAsync(clock.GetUtcNow().UtcDateTime, posts.Ids, cancellationToken);
        reclaimed = clock.GetTimestamp();
    }

    private static void Signal(SemaphoreSlim signal)
    {
        if (signal.CurrentCount == 0)
        {
            try
            {
                signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else gave it in the same instant.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {NotificationId} cannot be prepared; it steps aside for an hour, the others leave")]
    private static partial void LogAside(ILogger logger, int notificationId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The dispatcher is in trouble, most likely because the database is not available; it tries again in a second")]
    private static partial void LogTrouble(ILogger logger, Exception exception);

}
