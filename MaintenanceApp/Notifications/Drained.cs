namespace MaintenanceApp.Notifications;

/// <summary>What became of the notifications of one drain. Counted from several posts at once.</summary>
public sealed class Drained
{
    private int delivered;
    private int waiting;
    private int dead;
    private int cancelled;

    /// <summary>Accepted by the receiver.</summary>
    public int Delivered => delivered;

    /// <summary>To be tried again later.</summary>
    public int Waiting => waiting;

    /// <summary>Given up.</summary>
    public int Dead => dead;

    /// <summary>Their ticket does not notify any more.</summary>
    public int Cancelled => cancelled;

    public bool IsEmpty => delivered + waiting + dead + cancelled == 0;

    /// <param name="status">Where it stands after the attempt; null: another process has it.</param>
    public void Count(NotificationStatus? status)
    {
        switch (status)
        {
            case NotificationStatus.Delivered:
                Interlocked.Increment(ref delivered);
                break;
            case NotificationStatus.Pending:
                Interlocked.Increment(ref waiting);
                break;
            case NotificationStatus.Dead:
                Interlocked.Increment(ref dead);
                break;
            case NotificationStatus.Cancelled:
                Interlocked.Increment(ref cancelled);
                break;
            case NotificationStatus.Sending or null:
                break;
        }
    }
}
