using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Sends what is due: one start per interval, several posts in flight, the rule checked again before each. The only way
/// to the endpoint: scans, retries and resends all pass here.
/// </summary>
public sealed partial class NotificationDispatcher(
    NotificationOutbox outbox,
    CurrentEndpoint endpoint,
    WebhookSender sender,
    INotificationContent contents,
    IOptionsMonitor<NotifierOptions> options,
    TimeProvider clock,
    ILogger<NotificationDispatcher> logger)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly PaceGate pace = new(clock);
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly HashSet<Task> inFlight = [];

    /// <summary>A turn that was waited for and not used, because the notification was cancelled instead.</summary>
    private bool hasTurn;

    /// <summary>Something new is due: look now instead of in a second.</summary>
    public void Wake()
    {
        if (wake.CurrentCount == 0)
        {
            try
            {
                wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else woke it in the same instant.
            }
        }
    }

    /// <summary>Until <paramref name="stopping"/>; then starts nothing new and waits for the posts in flight.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await StartNextAsync(stopping))
                {
                    await wake.WaitAsync(Idle, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever happens, the only alarm of the plant goes on trying.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // Without the database nothing is claimed, so nothing is posted; it resumes by itself.
                LogTrouble(logger, exception);
                await Task.Delay(Idle, clock, CancellationToken.None);
            }
        }

        await Task.WhenAll(Snapshot());
    }

    /// <summary>Until nothing is due and nothing is in flight: for the command line and for tests.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await StartNextAsync(cancellationToken) || Snapshot().Length > 0)
        {
            await Task.WhenAll(Snapshot());
        }
    }

    /// <summary>Starts one post, or cancels one. False when nothing may be sent now.</summary>
    private async Task<bool> StartNextAsync(CancellationToken cancellationToken)
    {
        while (Snapshot() is var running && running.Length >= options.CurrentValue.MaxInFlight)
        {
            await Task.WhenAny(running).WaitAsync(cancellationToken);
        }

        var state = await endpoint.ReadAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        if (!state.CanSendAt(now) || !await endpoint.TryLeadAsync(outbox.Holder, cancellationToken))
        {
            return false;
        }

        if (await outbox.PeekDueAsync(now, cancellationToken) is not { } due)
        {
            await outbox.ReclaimAsync(now, cancellationToken);
            return false;
        }

        if (!hasTurn)
        {
            await pace.PassAsync(options.CurrentValue.SendInterval, cancellationToken);
            hasTurn = true;
        }

        now = clock.GetUtcNow().UtcDateTime;
        switch (await contents.PrepareAsync(due, now, cancellationToken))
        {
            case NotificationContent.Cancel(var cause):
                await outbox.CancelAsync(due, cause, cancellationToken);
                break;
            case NotificationContent.Body(var json):
                var request = new WebhookRequest(state.Url!, due.WebhookId!, now, json);
                if (await outbox.ClaimAsync(due, request, cancellationToken) is { } claim)
                {
                    hasTurn = false;
                    Track(SendAsync(claim, request));
                }

                break;
        }

        return true;
    }

    private async Task SendAsync(Claim claim, WebhookRequest request)
    {
        var result = await sender.SendAsync(request);
        LogAttempt(logger, claim.Notification.Id, claim.Attempt.Number, result.Outcome, result.Status);
        var lease = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await outbox.RecordAsync(claim, result);
                return;
            }
            catch (Exception exception) when (clock.GetElapsedTime(lease) < options.CurrentValue.ClaimLease)
            {
                // The post happened: keep its result until the database is back, as long as the claim is ours.
                LogTrouble(logger, exception);
                await Task.Delay(Idle, clock, CancellationToken.None);
            }
        }
    }

    private void Track(Task send)
    {
        lock (inFlight)
        {
            inFlight.Add(send);
        }

        _ = send.ContinueWith(
            done =>
            {
                lock (inFlight)
                {
                    inFlight.Remove(done);
                }

                if (done.Exception is { } lost)
                {
                    LogResultLost(logger, lost);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private Task[] Snapshot()
    {
        lock (inFlight)
        {
            return [.. inFlight.Where(task => !task.IsCompleted)];
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Notification {NotificationId}, attempt {Number}: {Outcome} {Status}")]
    private static partial void LogAttempt(ILogger logger, int notificationId, int number, AttemptOutcome outcome, int? status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The dispatcher is in trouble, most likely because the database is not available; it tries again in a second")]
    private static partial void LogTrouble(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The result of an attempt could not be stored within its lease; the notification will be sent once more, marked as a possible duplicate")]
    private static partial void LogResultLost(ILogger logger, Exception exception);
}

/// <summary>Runs the dispatcher as long as the host lives.</summary>
internal sealed class DispatcherService(NotificationDispatcher dispatcher) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => dispatcher.RunAsync(stoppingToken), CancellationToken.None);
}
