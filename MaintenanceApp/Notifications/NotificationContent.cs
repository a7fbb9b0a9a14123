namespace MaintenanceApp.Notifications;

/// <summary>
/// What an attempt carries, decided at the moment of the attempt. <see cref="Notifications"/> knows no ticket: the slice
/// that raised the notification answers.
/// </summary>
public interface INotificationContent
{
    /// <param name="notification">The claimed row.</param>
    /// <param name="now">The moment of this attempt, UTC.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    Task<NotificationContent> PrepareAsync(WebhookNotification notification, DateTime now, CancellationToken cancellationToken);

    /// <summary>Which of these tickets would not be notified by themselves, and why: causes of <see cref="NotificationCause"/> by ticket.</summary>
    Task<IReadOnlyDictionary<int, string>> RefusalsAsync(IReadOnlyCollection<int> ticketIds, DateTime now, CancellationToken cancellationToken);
}

/// <summary>Send this body, or do not send at all.</summary>
public abstract record NotificationContent
{
    /// <param name="Json">UTF-8.</param>
    public sealed record Body(byte[] Json) : NotificationContent;

    /// <param name="Cause">One of <see cref="NotificationCause"/>.</param>
    public sealed record Cancel(string Cause) : NotificationContent;
}
