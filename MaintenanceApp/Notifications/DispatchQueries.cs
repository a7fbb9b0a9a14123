using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>What waits and how the receiver has answered lately. Instants are UTC.</summary>
/// <param name="Waiting">Notifications not sent yet, under way, or waiting for their next attempt.</param>
/// <param name="Retrying">Of these, the ones that were tried at least once.</param>
/// <param name="OldestAt">When the oldest waiting one was written.</param>
/// <param name="NextAttemptAt">The earliest attempt to come.</param>
/// <param name="FailingSince">The first failure after the last accepted attempt; null while the receiver answers well.</param>
/// <param name="LastAt">Start of the last attempt.</param>
/// <param name="LastStatus">The HTTP status of the last attempt; null without an answer.</param>
/// <param name="LastOutcome">How the last attempt ended; null before the first.</param>
public sealed record DispatchBacklog(
    int Waiting, int Retrying, DateTime? OldestAt, DateTime? NextAttemptAt, DateTime? FailingSince, DateTime? LastAt, int? LastStatus, AttemptOutcome? LastOutcome)
{
    /// <summary>Nothing leaves, because the signing secret cannot be decrypted: see <see cref="SecretVault"/>.</summary>
    public bool IsSecretUnreadable { get; init; }

    /// <summary>Of the waiting ones, those that cannot be prepared and stepped aside: see <see cref="StepAside"/>.</summary>
    public int Aside { get; init; }
}

/// <summary>Attempts of one hour.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Accepted">2xx.</param>
/// <param name="Retried">Failed, and tried again or still to be.</param>
/// <param name="Failed">The last attempt of a notification that was given up.</param>
public sealed record AttemptHour(DateTime Start, int Accepted, int Retried, int Failed);

/// <summary>The last finished scan, the proof behind an empty list.</summary>
public sealed record LastScan(DateTime FinishedAt, int TotalOverdue);

/// <summary>The state of the outbox in numbers: for the notifications page, the operations page and the health checks.</summary>
public sealed class DispatchQueries(IDbContextFactory<AppDb> database, SecretVault vault, TimeProvider clock)
{
    public const int Hours = 24;

    public async Task<DispatchBacklog> QueueAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var waiting = await db.WebhookNotifications.AsNoTracking()
            .Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending)
            .GroupBy(_ => 1)
            .Select(group => new
            {
                Count = group.Count(),
                Retrying = group.Count(row => row.AttemptCount > 0 && row.AsideCount == 0 && row.Status == NotificationStatus.Pending),
                Aside = group.Count(row => row.AsideCount > 0 && row.Status == NotificationStatus.Pending),
                Oldest = group.Min(row => row.CreatedAt),
                Next = group.Min(row => row.NextAttemptAt),
            })
            .SingleOrDefaultAsync(cancellationToken);
        var ended = db.WebhookAttempts.AsNoTracking().Where(attempt => attempt.DurationMs != null && attempt.Outcome != AttemptOutcome.Cancelled);
        var last = await ended.OrderByDescending(attempt => attempt.StartedAt).ThenByDescending(attempt => attempt.Id)
            .Select(attempt => new { attempt.StartedAt, attempt.Outcome, attempt.ResponseStatus })
            .FirstOrDefaultAsync(cancellationToken);
        DateTime? failingSince = null;
        if (last is { Outcome: not AttemptOutcome.Accepted })
        {
            var accepted = await ended.Where(attempt => attempt.Outcome == AttemptOutcome.Accepted).MaxAsync(attempt => (DateTime?)attempt.StartedAt, cancellationToken);
            failingSince = await ended.Where(attempt => accepted == null || attempt.StartedAt > accepted)
                .MinAsync(attempt => (DateTime?)attempt.StartedAt, cancellationToken);
        }

        return new(waiting?.Count ?? 0, waiting?.Retrying ?? 0, waiting?.Oldest, waiting?.Next, failingSince, last?.StartedAt, last?.ResponseStatus, last?.Outcome)
        {
            Aside = waiting?.Aside ?? 0,
            IsSecretUnreadable = (await vault.ReadAsync(SecretPurpose.WebhookSigning, cancellationToken)).IsUnreadable,
        };
    }

    /// <summary><see cref="DispatchBacklog.Aside"/> alone.</summary>
    public async Task<int> AsideAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.WebhookNotifications.CountAsync(row => row.Status == NotificationStatus.Pending && row.AsideCount > 0, cancellationToken);
    }

    /// <summary>The last 24 hours, oldest first; hours without an attempt are there too.</summary>
    public async Task<IReadOnlyList<AttemptHour>> HoursAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var start = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc).AddHours(1 - Hours);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var attempts = await db.WebhookAttempts.AsNoTracking()
            .Where(attempt => attempt.StartedAt >= start && attempt.DurationMs != null && attempt.Outcome != AttemptOutcome.Cancelled)
            .Select(attempt => new
            {
                attempt.StartedAt,
                attempt.Outcome,
                IsLast = db.WebhookNotifications.Any(row => row.Id == attempt.NotificationId && row.Status == NotificationStatus.Dead && row.AttemptCount == attempt.Number),
            })
            .ToListAsync(cancellationToken);
        var byHour = attempts.ToLookup(attempt => (int)(attempt.StartedAt - start).TotalHours);
        return
        [
            .. Enumerable.Range(0, Hours).Select(hour => new AttemptHour(
                start.AddHours(hour),
                byHour[hour].Count(attempt => attempt.Outcome == AttemptOutcome.Accepted),
                byHour[hour].Count(attempt => attempt.Outcome != AttemptOutcome.Accepted && !attempt.IsLast),
                byHour[hour].Count(attempt => attempt.Outcome != AttemptOutcome.Accepted && attempt.IsLast))),
        ];
    }

    /// <summary>Null before the first.</summary>
    public async Task<LastScan?> LastScanAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.ScanRuns.Where(run => run.FinishedAt != null)
            .OrderByDescending(run => run.FinishedAt)
            .Select(run => new LastScan(run.FinishedAt!.Value, run.TotalOverdue))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
