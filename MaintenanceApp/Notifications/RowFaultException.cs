namespace MaintenanceApp.Notifications;

/// <summary>
/// One notification cannot be prepared, through no fault of the database or the receiver: its ticket or its own row holds
/// what nobody can read. It steps aside (<see cref="StepAside"/>), so that what is behind it leaves.
/// </summary>
/// <param name="notificationId">The row.</param>
/// <param name="cause">What was thrown for it.</param>
public sealed class RowFaultException(int notificationId, Exception cause) : Exception(cause.GetBaseException().Message, cause)
{
    public int NotificationId { get; } = notificationId;

    /// <summary>What an administrator is shown: the kind of error and its message, in the words of whatever threw it.</summary>
    public string Detail => $"{InnerException!.GetBaseException().GetType().Name}: {Message}";

    /// <summary>Runs what concerns one notification alone.</summary>
    /// <exception cref="RowFaultException">It failed, and would fail for no other notification.</exception>
    public static async Task<T> GuardAsync<T>(int notificationId, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !NotifierTrouble.IsStorage(exception))
        {
            throw new RowFaultException(notificationId, exception);
        }
    }
}
