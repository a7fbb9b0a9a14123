using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>The posts of this process that are under way, or whose result waits for the database.</summary>
public sealed partial class PostsInFlight(
    NotificationOutbox outbox,
    CurrentEndpoint endpoint,
    WebhookSender sender,
    INotificationContent contents,
    NotifierTrouble trouble,
    IOptionsMonitor<NotifierOptions> options,
    TimeProvider clock,
    ILogger<PostsInFlight> logger)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Task> inFlight = new();

    /// <summary>Their notifications.</summary>
    public IReadOnlyCollection<int> Ids => [.. inFlight.Keys];

    public Task[] Running => [.. inFlight.Values.Where(task => !task.IsCompleted)];

    /// <summary>Sends it in the background.</summary>
    /// <param name="claim">Taken by this process.</param>
    /// <param name="request">What was claimed for it.</param>
    /// <param name="tally">Told what became of it.</param>
    /// <param name="ended">Called when it is not under way any more.</param>
    /// <param name="stopping">Gives up what has not left.</param>
    public void Start(Claim claim, WebhookRequest request, Drained tally, Action ended, CancellationToken stopping)
    {
        // Before it starts: an abandoned claim is one that is not in here.
        var started = new TaskCompletionSource();
        inFlight[claim.Notification.Id] = started.Task;
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await SendAsync(claim, request, tally, stopping);
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
                ended();
            }
        }
    }

    /// <summary>The row's own part of it: what throws here throws for this row alone.</summary>
    public Task<NotificationContent> PrepareAsync(WebhookNotification notification, DateTime now, CancellationToken cancellationToken) =>
        RowFaultException.GuardAsync(notification.Id, () =>
        {
            WebhookIds.Require(notification.WebhookId);
            return contents.PrepareAsync(notification, now, cancellationToken);
        });

    private async Task SendAsync(Claim claim, WebhookRequest request, Drained tally, CancellationToken stopping)
    {
        using var activity = NotifierActivities.StartAttempt(claim, request);
        var result = await sender.SendAsync(request, cancellationToken => LookAgainAsync(claim, request, cancellationToken), stopping);
        NotifierActivities.End(activity, result);
        LogAttempt(logger, claim.Notification.Id, claim.Attempt.Number, result.Outcome, result.Status);
        var ended = clock.GetTimestamp();
        while (true)
        {
            try
            {
                tally.Count(await outbox.RecordAsync(claim, result));
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Notification {NotificationId}, attempt {Number}: {Outcome} {Status}")]
    private static partial void LogAttempt(ILogger logger, int notificationId, int number, AttemptOutcome outcome, int? status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {NotificationId} cannot be prepared; it steps aside for an hour, the others leave")]
    private static partial void LogAside(ILogger logger, int notificationId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The dispatcher is in trouble, most likely because the database is not available; it tries again in a second")]
    private static partial void LogTrouble(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The result of an attempt could not be stored within its lease; the notification will be sent once more, marked as a possible duplicate")]
    private static partial void LogResultLost(ILogger logger, Exception exception);
}
