using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// A notification that cannot be prepared steps aside for an hour, with its cause, and administrators are told once. No
/// request was made, so there is no attempt. After <see cref="Most"/> times it is dead and can be resent; its ticket is
/// picked again 24 hours after it was written, like any other that died.
/// </summary>
public sealed class StepAside(IDbContextFactory<AppDb> database, AdminNotices notices, NotifierMeter meter, LiveUpdates live, TimeProvider clock)
{
    /// <summary>About as long as the retries of a receiver that does not answer.</summary>
    public const int Most = 8;

    public static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    /// <summary>Many at once, because of one fault, are one notice.</summary>
    private static readonly TimeSpan ToldTogether = TimeSpan.FromHours(1);

    public async Task ExecuteAsync(RowFaultException fault, CancellationToken cancellationToken)
    {
        var (id, detail, now) = (fault.NotificationId, DetailOf(fault), clock.GetUtcNow().UtcDateTime);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Still due: whoever has taken or ended it in the meantime is right.
        var due = db.WebhookNotifications.Where(row => row.Id == id && row.Status == NotificationStatus.Pending && row.NextAttemptAt <= now);
        var isFirst = await due.AnyAsync(row => row.AsideCount == 0, cancellationToken);
        var dead = await due
            .Where(row => row.AsideCount >= Most - 1 || row.NotificationType == WebhookNotification.Test)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(x => x.Status, NotificationStatus.Dead)
                    .SetProperty(x => x.Cause, NotificationCause.CannotBePrepared)
                    .SetProperty(x => x.NextAttemptAt, (DateTime?)null)
                    .SetProperty(x => x.AsideCount, x => x.AsideCount + 1)
                    .SetProperty(x => x.AsideError, detail),
                cancellationToken);
        var next = now + Wait;
        await due.ExecuteUpdateAsync(
            row => row
                .SetProperty(x => x.NextAttemptAt, next)
                .SetProperty(x => x.AsideCount, x => x.AsideCount + 1)
                .SetProperty(x => x.AsideError, detail),
            cancellationToken);
        if (isFirst)
        {
            await TellAsync(db, id, now, cancellationToken);
        }

        var ticket = await db.WebhookNotifications.Where(row => row.Id == id).Select(row => row.TicketId).SingleOrDefaultAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        meter.NotificationsEnded(NotificationStatus.Dead, dead);
        live.Publish(new NotificationChanged(id, ticket));
        if (isFirst)
        {
            notices.Published();
        }
    }

    /// <summary>In the caller's transaction: the first time a notification steps aside.</summary>
    internal static async Task TellAsync(AppDb db, int notificationId, DateTime now, CancellationToken cancellationToken)
    {
        var recently = now - ToldTogether;
        var told = await db.AdminNotices
            .Where(notice => notice.Kind == NoticeKind.CannotBePrepared && notice.CreatedAt > recently && notice.CreatedAt <= now)
            .ExecuteUpdateAsync(
                notice => notice
                    .SetProperty(x => x.Count, x => x.Count + 1)
                    .SetProperty(x => x.LastAt, now)
                    .SetProperty(x => x.ReadAt, (DateTime?)null),
                cancellationToken);
        if (told == 0)
        {
            AdminNotices.Add(db, NoticeKind.CannotBePrepared, now, detail: notificationId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    internal static string DetailOf(RowFaultException fault) => StoredText.Cut(StoredText.Clean(fault.Detail), WebhookNotification.AsideErrorMaxLength);
}
