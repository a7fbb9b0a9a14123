namespace MaintenanceApp.Live;

/// <summary>
/// Tells open pages of this process that something changed. Messages carry ids only: a page queries again, it never
/// patches itself from a message. Changes made by another process appear with the slow poll of <see cref="LiveRefresh"/>.
/// </summary>
public sealed partial class LiveUpdates(ILogger<LiveUpdates> logger)
{
    private event Action<object>? Published;

    public void Publish(object message)
    {
        foreach (var subscriber in Published?.GetInvocationList().Cast<Action<object>>() ?? [])
        {
            try
            {
                subscriber(message);
            }
#pragma warning disable CA1031 // One page's trouble must not stop the dispatcher or the other pages.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogSubscriberFailed(logger, exception);
            }
        }
    }

    /// <summary>Calls <paramref name="handler"/> on the publisher's thread until the result is disposed.</summary>
    public IDisposable Subscribe(Action<object> handler)
    {
        Published += handler;
        return new Subscription(() => Published -= handler);
    }

    internal void LogRefreshFailed(Exception exception) => LogRefreshFailed(logger, exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not refresh itself; what it shows stays, and it asks again")]
    private static partial void LogRefreshFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page failed to take a live update")]
    private static partial void LogSubscriberFailed(ILogger logger, Exception exception);

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

public sealed record TicketChanged(int Id);

public sealed record MachineChanged(int Id);

public sealed record UserChanged(int Id);

public sealed record NotificationChanged(int Id, int? TicketId);

public sealed record ScanChanged(string RunId);

public sealed record EndpointChanged;

public sealed record NoticeChanged;

public sealed record JobChanged;

public sealed record AuditChanged;

/// <summary>The database does not answer this process any more, or answers again.</summary>
public sealed record DatabaseChanged(bool IsAway);

/// <summary>A column of the board has another limit.</summary>
public sealed record BoardChanged;
