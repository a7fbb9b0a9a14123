using System.Text.Json.Serialization;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>What became of the notifications last attempted within a period.</summary>
/// <param name="Total">Attempted at least once; some may still be retried.</param>
/// <param name="Delivered">Accepted (2xx).</param>
/// <param name="Failed">Given up.</param>
/// <param name="SuccessRate">Delivered of those that ended, 0 to 1; null when none ended.</param>
/// <param name="MedianMs">Of the accepted attempts, start to last byte; null without any.</param>
/// <param name="P95Ms">As <see cref="MedianMs"/>, nearest rank.</param>
public sealed record PeriodStats(int Total, int Delivered, int Failed, double? SuccessRate, int? MedianMs, int? P95Ms);

/// <summary>The answer of <c>GET /api/webhooks/stats</c>.</summary>
public sealed record NotificationStats(
    [property: JsonPropertyName("last_24h")] PeriodStats Last24Hours,
    [property: JsonPropertyName("last_7d")] PeriodStats Last7Days);

/// <summary>Counts and times of the last day and week.</summary>
public sealed class NotificationStatsQuery(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    public async Task<NotificationStats> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return new(
            await SinceAsync(db, now.AddDays(-1), cancellationToken),
            await SinceAsync(db, now.AddDays(-7), cancellationToken));
    }

    private static async Task<PeriodStats> SinceAsync(AppDb db, DateTime since, CancellationToken cancellationToken)
    {
        var counts = await db.WebhookNotifications
            .Where(row => row.SentAt >= since)
            .GroupBy(row => row.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Status, row => row.Count, cancellationToken);
        var delivered = counts.GetValueOrDefault(NotificationStatus.Delivered);
        var failed = counts.GetValueOrDefault(NotificationStatus.Dead);
        var durations = db.WebhookAttempts
            .Where(attempt => attempt.StartedAt >= since && attempt.Outcome == AttemptOutcome.Accepted && attempt.DurationMs != null)
            .OrderBy(attempt => attempt.DurationMs)
            .Select(attempt => attempt.DurationMs);
        var timed = await durations.CountAsync(cancellationToken);

        // Nearest rank: the database walks to the place instead of handing over every duration.
        async Task<int?> Percentile(double share) =>
            timed == 0 ? null : await durations.Skip((int)Math.Ceiling(share * timed) - 1).FirstAsync(cancellationToken);

        return new(
            counts.Values.Sum(),
            delivered,
            failed,
            delivered + failed == 0 ? null : (double)delivered / (delivered + failed),
            await Percentile(0.5),
            await Percentile(0.95));
    }
}
