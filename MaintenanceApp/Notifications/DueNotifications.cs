using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>Which rows may be sent now.</summary>
public enum DispatchMode
{
    /// <summary>Whatever is due, by urgency, then age.</summary>
    Any,

    /// <summary>One to see whether the receiver is back: never the same twice while there are others.</summary>
    Probe,

    /// <summary>Only a test that an admin asked for.</summary>
    TestOnly,
}

/// <summary>The head of the outbox.</summary>
public sealed class DueNotifications(IDbContextFactory<AppDb> database)
{
    /// <summary>The next row to send, tests first; null when none is due.</summary>
    /// <exception cref="RowFaultException">That row cannot be read.</exception>
    public async Task<WebhookNotification?> PeekAsync(DispatchMode kind, DateTime now, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var due = db.WebhookNotifications.AsNoTracking().Where(row => row.Status == NotificationStatus.Pending && row.NextAttemptAt <= now);
        if (kind == DispatchMode.TestOnly)
        {
            due = due.Where(row => row.NotificationType == WebhookNotification.Test);
        }

        var first = due.OrderBy(row => row.NotificationType == WebhookNotification.Test ? 0 : 1);
        if (kind == DispatchMode.Probe)
        {
            // A single notification the receiver chokes on must not keep the breaker open for all.
            first = first.ThenBy(row => row.PossibleDuplicate).ThenBy(row => row.SentAt != null).ThenBy(row => row.SentAt);
        }

        // The id alone: of a row that cannot be read, one still knows which it is.
        var id = await first.ThenBy(row => row.Urgency).ThenBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => (int?)row.Id).FirstOrDefaultAsync(cancellationToken);
        return id is { } next
            ? await RowFaultException.GuardAsync(next, () => db.WebhookNotifications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == next, cancellationToken))
            : null;
    }
}
