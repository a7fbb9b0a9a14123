using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>How far a bulk resend has come.</summary>
/// <param name="Batch">Its id.</param>
/// <param name="Total">Its notifications.</param>
/// <param name="Delivered">Accepted.</param>
/// <param name="Waiting">Not sent yet, under way, or to be tried again.</param>
/// <param name="Failed">Given up again.</param>
/// <param name="Cancelled">Stopped, or the ticket no longer qualified.</param>
public sealed record ResendProgress(string Batch, int Total, int Delivered, int Waiting, int Failed, int Cancelled);

/// <summary>Reads the latest bulk resend.</summary>
public sealed class ResendBatchQuery(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <summary>A finished one is of interest for a while.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <returns>Null when none is under way or has just ended.</returns>
    public async Task<ResendProgress?> LatestAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var oldest = now.AddDays(-1);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var latest = await db.WebhookNotifications
            .Where(row => row.ResentFrom != null && row.RunId != null && row.CreatedAt > oldest)
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.RunId, row.CreatedAt })
            .FirstOrDefaultAsync(cancellationToken);
        if (latest is null)
        {
            return null;
        }

        var counts = await db.WebhookNotifications.Where(row => row.RunId == latest.RunId)
            .GroupBy(row => row.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Status, row => row.Count, cancellationToken);
        var progress = new ResendProgress(
            latest.RunId!,
            counts.Values.Sum(),
            counts.GetValueOrDefault(NotificationStatus.Delivered),
            counts.GetValueOrDefault(NotificationStatus.Pending) + counts.GetValueOrDefault(NotificationStatus.Sending),
            counts.GetValueOrDefault(NotificationStatus.Dead),
            counts.GetValueOrDefault(NotificationStatus.Cancelled));
        return progress.Waiting > 0 || latest.CreatedAt > now - Recent ? progress : null;
    }
}
