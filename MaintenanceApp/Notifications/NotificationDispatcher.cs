using System.Collections.Concurrent;
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
    WebhookSender sender,
    INotificationContent contents,
    SecretVault vault,
    NotifierTrouble trouble,
    IOptionsMonitor<NotifierOptions> options,
    TimeProvider clock,
    ILogger<NotificationDispatcher> logger)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReclaimInterval = TimeSpan.FromSeconds(5);

    private readonly PaceGate pace = new(clock);
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly ConcurrentDictionary<int, Task> inFlight = new();
    private CancellationToken stopping;
    private long? reclaimed;

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

    /// <summary>Until <paramref name="stopping"/>; then starts nothing new, gives up what has not left, and waits for the posts in flight.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        this.stopping = stopping;
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
                // Most often the database: without it nothing is claimed, so nothing is posted; it resumes by itself.
                trouble.Report(exception);
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
            trouble.Over();
            return true;
        }
    }

    private async Task<bool> TryStartNextAsync(CancellationToken cancellationToken)
    {
        while (Snapshot() is var running && running.Length >= options.CurrentValue.MaxInFlight)
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
        switch (await PrepareAsync(due, now, cancellationToken))
        {
            case NotificationContent.Cancel(var cause):
                await outbox.CancelAsync(due, cause, cancellationToken);
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
                    Track(claim, request);
                }

                break;
        }

        trouble.Over();
        return true;
    }

    private async Task<(WebhookNotification Due, string Url, DispatchMode Kind)?> NextAsync(CancellationToken cancellationToken)
    {
        var state = await endpoint.ReadAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;

        // One probe at a time, and none while posts that left before the breaker opened may still be answered.
        return state.ModeAt(now) is { } kind
            && !(kind == DispatchMode.Probe && !inFlight.IsEmpty)
            && await dueNow.PeekAsync(kind, now, cancellationToken) is { } due
            && await endpoint.TryLeadAsync(state.Url!, outbox.Holder, cancellationToken)
            ? (due, state.Url!, kind)
            : null;
    }

    /// <summary>The row's own part of it: what throws here throws for this row alone.</summary>
    private Task<NotificationContent> PrepareAsync(WebhookNotification notification, DateTime now, CancellationToken cancellationToken) =>
        RowFaultException.GuardAsync(notification.Id, () =>
        {
            WebhookIds.Require(notification.WebhookId);
            return contents.PrepareAsync(notification, now, cancellationToken);
        });

    /// <summary>Looks for abandoned claims, however long the queue is.</summary>
    private async Task ReclaimAsync(CancellationToken cancellationToken)
    {
        if (reclaimed is { } last && clock.GetElapsedTime(last) < ReclaimInterval)
        {
            return;
        }

        await outbox.ReclaimAsync(clock.GetUtcNow().UtcDateTime, [.. inFlight.Keys], cancellationToken);
        reclaimed = clock.GetTimestamp();
    }

    private async Task SendAsync(Claim claim, WebhookRequest request)
    {
        var result = await sender.SendAsync(request, cancellationToken => LookAgainAsync(claim, request, cancellationToken), stopping);
        LogAttempt(logger, claim.Notification.Id, claim.Attempt.Number, result.Outcome, result.Status);
        var ended = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await outbox.RecordAsync(claim, result);
                return;
            }
            catch (Exception exception) when (NotifierTrouble.IsStorage(exception) || clock.GetElapsedTime(ended) < options.CurrentValue.ClaimLease)
            {
                // The post happened: keep its result until the database is back.
                trouble.Report(exception);
                LogTrouble(logger, exception);
                await Task.Delay(Idle, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Right before the first byte: the ticket may have changed since the claim, and so may the endpoint.</summary>
    private async Task<SendRefusal?> LookAgainAsync(Claim claim, WebhookRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var state = await endpoint.ReadAsync(cancellationToken);
            var isTest = claim.Notification.NotificationType == WebhookNotification.Test;
            if (state.Url != request.Url || (!isTest && !state.IsOpen) || state.HeldUntil > now)
            {
                return SendRefusal.NotNow;
            }

            if (await PrepareAsync(claim.Notification, now, cancellationToken) is NotificationContent.Cancel(var cause))
            {
                return new(cause);
            }

            return await outbox.MayLeaveAsync(claim, cancellationToken) ? null : SendRefusal.NotNow;
        }
        catch (RowFaultException fault)
        {
            LogAside(logger, fault.NotificationId, fault);
            return SendRefusal.NotNow with { Broken = fault };
        }
#pragma warning disable CA1031 // Whatever it is, the receiver is not to blame for it.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            // What cannot be checked does not leave.
            trouble.Report(exception);
            LogTrouble(logger, exception);
            return SendRefusal.NotNow;
        }
    }

    private void Track(Claim claim, WebhookRequest request)
    {
        // Before it starts: an abandoned claim is one that is not in here.
        var started = new TaskCompletionSource();
        inFlight[claim.Notification.Id] = started.Task;
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await SendAsync(claim, request);
            }
#pragma warning disable CA1031 // Nobody awaits this; the claim's lease ends and the notification is sent once more.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogResultLost(logger, exception);
            }
            finally
            {
                inFlight.TryRemove(claim.Notification.Id, out _);
                started.SetResult();
                Wake();
            }
        }
    }

    private Task[] Snapshot() => [.. inFlight.Values.Where(task => !task.IsCompleted)];

    [LoggerMessage(Level = LogLevel.Information, Message = "Notification {NotificationId}, attempt {Number}: {Outcome} {Status}")]
    private static partial void LogAttempt(ILogger logger, int notificationId, int number, AttemptOutcome outcome, int? status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {NotificationId} cannot be prepared; it steps aside for an hour, the others leave")]
    private static partial void LogAside(ILogger logger, int notificationId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The dispatcher is in trouble, most likely because the database is not available; it tries again in a second")]
    private static partial void LogTrouble(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The result of an attempt could not be stored within its lease; the notification will be sent once more, marked as a possible duplicate")]
    private static partial void LogResultLost(ILogger logger, Exception exception);
}
