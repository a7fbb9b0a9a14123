using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>Which attempts administrators hear of: the one that begins an outage, the one that ends it, a refusal.</summary>
internal static class EndpointNotices
{
    /// <summary>Before <see cref="WebhookEndpoint.DisabledAt"/> is set. Instants are UTC.</summary>
    /// <returns>True when a notice was added; it is saved with the rest.</returns>
    public static async Task<bool> AddAsync(
        AppDb db, WebhookEndpoint endpoint, (Breaker Before, Breaker After) breaker, Claim claim, AttemptResult result, DateTime now, CancellationToken cancellationToken)
    {
        var where = WebhookUrlMask.Of(endpoint.Url);
        if (result.Outcome == AttemptOutcome.Gone && endpoint.DisabledAt is null)
        {
            AdminNotices.Add(db, NoticeKind.EndpointGone, now, detail: where);
            return true;
        }

        if (!breaker.Before.IsOpen && breaker.After.IsOpen)
        {
            var waiting = await WaitingAsync(db, cancellationToken);
            AdminNotices.Add(db, NoticeKind.ReceiverDown, now, await FailingSinceAsync(db, claim, cancellationToken), waiting, new NoticeDetail(where, result.Outcome, result.Status).ToString());
            return true;
        }

        if (breaker.Before.IsOpen && !breaker.After.IsOpen)
        {
            var since = await db.AdminNotices.Where(notice => notice.Kind == NoticeKind.ReceiverDown)
                .OrderByDescending(notice => notice.Id)
                .Select(notice => notice.Since)
                .FirstOrDefaultAsync(cancellationToken);

            // The one that was just accepted waited too.
            var waited = await WaitingAsync(db, cancellationToken) + (result.Outcome == AttemptOutcome.Accepted ? 1 : 0);
            AdminNotices.Add(db, NoticeKind.ReceiverRecovered, now, since ?? breaker.Before.OpenedAt, waited, where);
            return true;
        }

        return result.IsConfigurationFault && await IsFirstRefusalAsync(db, where, result, now, cancellationToken);
    }

    private static async Task<bool> IsFirstRefusalAsync(AppDb db, string where, AttemptResult result, DateTime now, CancellationToken cancellationToken)
    {
        var lastAccepted = await LastAcceptedAsync(db, where, cancellationToken);
        if (await db.AdminNotices.AnyAsync(
            notice => notice.Kind == NoticeKind.EndpointRefuses && notice.Detail!.StartsWith(where) && (lastAccepted == null || notice.CreatedAt > lastAccepted), cancellationToken))
        {
            return false;
        }

        AdminNotices.Add(db, NoticeKind.EndpointRefuses, now, detail: new NoticeDetail(where, result.Outcome, result.Status).ToString());
        return true;
    }

    private static Task<int> WaitingAsync(AppDb db, CancellationToken cancellationToken) =>
        db.WebhookNotifications.CountAsync(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending, cancellationToken);

    private static async Task<DateTime?> FailingSinceAsync(AppDb db, Claim claim, CancellationToken cancellationToken)
    {
        var where = claim.Attempt.Endpoint;
        var lastAccepted = await LastAcceptedAsync(db, where, cancellationToken);
        return await db.WebhookAttempts
            .Where(attempt => attempt.Endpoint == where && attempt.DurationMs != null && attempt.Outcome != AttemptOutcome.Cancelled)
            .Where(attempt => lastAccepted == null || attempt.StartedAt > lastAccepted)
            .MinAsync(attempt => (DateTime?)attempt.StartedAt, cancellationToken);
    }

    private static Task<DateTime?> LastAcceptedAsync(AppDb db, string? where, CancellationToken cancellationToken) =>
        db.WebhookAttempts
            .Where(attempt => attempt.Endpoint == where && attempt.Outcome == AttemptOutcome.Accepted)
            .MaxAsync(attempt => (DateTime?)attempt.StartedAt, cancellationToken);
}
