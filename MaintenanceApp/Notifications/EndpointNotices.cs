using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Which attempts administrators hear of: the one that begins an outage, the one that ends it, a refusal. Each URL for
/// itself: those of a service often have one host and differ only in the path, which is a secret and never shown.
/// </summary>
internal static class EndpointNotices
{
    /// <summary>Before <see cref="WebhookEndpoint.DisabledAt"/> is set. Instants are UTC.</summary>
    /// <returns>True when a notice was added; it is saved with the rest.</returns>
    public static async Task<bool> AddAsync(
        AppDb db, WebhookEndpoint endpoint, (Breaker Before, Breaker After) breaker, AttemptResult result, DateTime now, CancellationToken cancellationToken)
    {
        var where = WebhookUrlMask.Of(endpoint.Url);
        if (result.Outcome == AttemptOutcome.Gone && endpoint.DisabledAt is null)
        {
            AdminNotices.Add(db, NoticeKind.EndpointGone, now, detail: where, endpoint: endpoint.Id);
            return true;
        }

        if (!breaker.Before.IsOpen && breaker.After.IsOpen)
        {
            var waiting = await WaitingAsync(db, cancellationToken);
            AdminNotices.Add(db, NoticeKind.ReceiverDown, now, await FailingSinceAsync(db, endpoint, where, cancellationToken), waiting, new NoticeDetail(where, result.Outcome, result.Status).ToString(), endpoint.Id);
            return true;
        }

        if (breaker.Before.IsOpen && !breaker.After.IsOpen)
        {
            // Those of older versions do not say which URL they are about.
            var since = await db.AdminNotices
                .Where(notice => notice.Kind == NoticeKind.ReceiverDown && (notice.EndpointId == endpoint.Id || notice.EndpointId == null))
                .OrderByDescending(notice => notice.Id)
                .Select(notice => notice.Since)
                .FirstOrDefaultAsync(cancellationToken);

            // The one that was just accepted waited too.
            var waited = await WaitingAsync(db, cancellationToken) + (result.Outcome == AttemptOutcome.Accepted ? 1 : 0);
            AdminNotices.Add(db, NoticeKind.ReceiverRecovered, now, since ?? breaker.Before.OpenedAt, waited, where, endpoint.Id);
            return true;
        }

        return result.IsConfigurationFault && await IsFirstRefusalAsync(db, endpoint, where, result, now, cancellationToken);
    }

    private static async Task<bool> IsFirstRefusalAsync(AppDb db, WebhookEndpoint endpoint, string where, AttemptResult result, DateTime now, CancellationToken cancellationToken)
    {
        var told = await db.AdminNotices.Where(notice => notice.Kind == NoticeKind.EndpointRefuses && notice.EndpointId == endpoint.Id)
            .MaxAsync(notice => (DateTime?)notice.CreatedAt, cancellationToken);

        // Told already, unless something was accepted since or somebody came back to this URL from another.
        if (told is { } at
            && !await db.WebhookAttempts.AnyAsync(attempt => attempt.StartedAt >= at && attempt.Outcome == AttemptOutcome.Accepted, cancellationToken)
            && !await db.NotifierStates.AnyAsync(state => state.WebhookUrlChangedAt > at, cancellationToken))
        {
            return false;
        }

        AdminNotices.Add(db, NoticeKind.EndpointRefuses, now, detail: new NoticeDetail(where, result.Outcome, result.Status).ToString(), endpoint: endpoint.Id);
        return true;
    }

    private static Task<int> WaitingAsync(AppDb db, CancellationToken cancellationToken) =>
        db.WebhookNotifications.CountAsync(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending, cancellationToken);

    private static async Task<DateTime?> FailingSinceAsync(AppDb db, WebhookEndpoint endpoint, string where, CancellationToken cancellationToken)
    {
        // Attempts of older versions know the host only.
        var ofEndpoint = db.WebhookAttempts.Where(attempt => attempt.EndpointId == endpoint.Id || (attempt.EndpointId == null && attempt.Endpoint == where));
        var lastAccepted = await ofEndpoint.Where(attempt => attempt.Outcome == AttemptOutcome.Accepted)
            .MaxAsync(attempt => (DateTime?)attempt.StartedAt, cancellationToken);
        return await ofEndpoint
            .Where(attempt => attempt.DurationMs != null && attempt.Outcome != AttemptOutcome.Cancelled)
            .Where(attempt => lastAccepted == null || attempt.StartedAt > lastAccepted)
            .MinAsync(attempt => (DateTime?)attempt.StartedAt, cancellationToken);
    }
}
