using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>Attempts of one class.</summary>
/// <param name="Outcome">The class.</param>
/// <param name="Count">All of them.</param>
/// <param name="Probes">Of these, sent while the breaker was open.</param>
public sealed record AttemptClass(AttemptOutcome Outcome, int Count, int Probes);

/// <summary>The queue by state and the attempts of the last 24 hours by class. Instants are UTC.</summary>
/// <param name="Classes">The most frequent first; classes without an attempt are left out.</param>
/// <param name="Fresh">Wait for their first attempt.</param>
/// <param name="Retrying">Wait for another.</param>
/// <param name="Sending">Under way.</param>
/// <param name="Dead">Given up, whenever.</param>
/// <param name="OldestAt">When the oldest waiting one was written.</param>
/// <param name="Unknown">Notifications of these 24 hours that the receiver may have got twice.</param>
public sealed record SendingReport(IReadOnlyList<AttemptClass> Classes, int Fresh, int Retrying, int Sending, int Dead, DateTime? OldestAt, int Unknown)
{
    /// <summary>Cannot be prepared and wait aside: see <see cref="StepAside"/>.</summary>
    public int Aside { get; init; }
}

/// <summary>Reads what the operations page says about sending.</summary>
public sealed class SendingReportQuery(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    public async Task<SendingReport> ReadAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var classes = await db.WebhookAttempts
            .Where(attempt => attempt.StartedAt >= since && (attempt.DurationMs != null || attempt.Outcome != AttemptOutcome.Unknown))
            .GroupBy(attempt => attempt.Outcome)
            .Select(group => new AttemptClass(group.Key, group.Count(), group.Count(attempt => attempt.IsProbe)))
            .ToListAsync(cancellationToken);

        // Written before the send and never completed: the process died in between.
        var lost = await db.WebhookAttempts
            .Where(attempt => attempt.StartedAt >= since && attempt.DurationMs == null && attempt.Outcome == AttemptOutcome.Unknown)
            .Where(attempt => !db.WebhookNotifications.Any(row => row.Id == attempt.NotificationId && row.Status == NotificationStatus.Sending && row.AttemptCount == attempt.Number))
            .GroupBy(_ => 1)
            .Select(group => new AttemptClass(AttemptOutcome.Unknown, group.Count(), group.Count(attempt => attempt.IsProbe)))
            .SingleOrDefaultAsync(cancellationToken);
        var states = await db.WebhookNotifications
            .GroupBy(row => new { row.Status, IsRetry = row.AttemptCount > 0, IsAside = row.AsideCount > 0 && row.Status == NotificationStatus.Pending })
            .Select(group => new { group.Key.Status, group.Key.IsRetry, group.Key.IsAside, Count = group.Count() })
            .ToListAsync(cancellationToken);
        int In(NotificationStatus status, bool? isRetry = null) => states.Where(state => state.Status == status && !state.IsAside && (isRetry is null || state.IsRetry == isRetry)).Sum(state => state.Count);
        return new(
            [.. (lost is null ? classes : classes.Append(lost)).OrderByDescending(row => row.Count).ThenBy(row => row.Outcome)],
            In(NotificationStatus.Pending, false),
            In(NotificationStatus.Pending, true),
            In(NotificationStatus.Sending),
            In(NotificationStatus.Dead),
            await db.WebhookNotifications.Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending)
                .MinAsync(row => (DateTime?)row.CreatedAt, cancellationToken),
            await db.WebhookNotifications.CountAsync(row => row.PossibleDuplicate && row.SentAt >= since, cancellationToken))
        {
            Aside = states.Where(state => state.IsAside).Sum(state => state.Count),
        };
    }
}
