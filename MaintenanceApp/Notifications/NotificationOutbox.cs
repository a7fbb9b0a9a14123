using System.Text;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>A claimed notification: only its holder may record what became of it.</summary>
/// <param name="Notification">As it was claimed.</param>
/// <param name="Attempt">The row written before the post leaves.</param>
public sealed record Claim(WebhookNotification Notification, WebhookAttempt Attempt);

/// <summary>
/// The outbox, table <c>webhook_notifications</c>: what must be sent, who is sending it, what became of it. Every step
/// is one conditional UPDATE, so two processes cannot both take a row, and a late answer cannot overwrite a newer claim.
/// </summary>
public sealed class NotificationOutbox(
    IDbContextFactory<AppDb> database,
    CurrentEndpoint endpoint,
    DatabaseConnection connection,
    IOptionsMonitor<NotifierOptions> options,
    LiveUpdates live,
    TimeProvider clock)
{
    /// <summary>This process in <see cref="WebhookNotification.ClaimedBy"/>.</summary>
    public string Holder { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>The next row to send, oldest due first; null when none is due.</summary>
    public async Task<WebhookNotification?> PeekDueAsync(DateTime now, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.WebhookNotifications.AsNoTracking()
            .Where(row => row.Status == NotificationStatus.Pending && row.NextAttemptAt <= now)
            .OrderBy(row => row.NextAttemptAt).ThenBy(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Takes the row and writes its attempt, in one transaction. Null when somebody else was faster.</summary>
    public async Task<Claim?> ClaimAsync(WebhookNotification due, WebhookRequest request, CancellationToken cancellationToken)
    {
        var (url, now) = (request.Url, request.StartedAt);
        var until = now + options.CurrentValue.ClaimLease;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var claimed = await db.WebhookNotifications
            .Where(row => row.Id == due.Id && row.Status == NotificationStatus.Pending && row.AttemptCount == due.AttemptCount)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(x => x.Status, NotificationStatus.Sending)
                    .SetProperty(x => x.AttemptCount, x => x.AttemptCount + 1)
                    .SetProperty(x => x.WebhookUrl, url)
                    .SetProperty(x => x.SentAt, now)
                    .SetProperty(x => x.ClaimedBy, Holder)
                    .SetProperty(x => x.ClaimedUntil, until),
                cancellationToken);
        if (claimed == 0)
        {
            return null;
        }

        var attempt = new WebhookAttempt
        {
            NotificationId = due.Id,
            Number = due.AttemptCount + 1,
            StartedAt = now,
            Outcome = AttemptOutcome.Unknown,
            Endpoint = WebhookUrlMask.Of(url),
            RequestHeaders = request.HeaderLines,
            RequestBody = Encoding.UTF8.GetString(request.Body),
        };
        db.Add(attempt);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        due.AttemptCount++;
        due.WebhookUrl = url;
        live.Publish(new NotificationChanged(due.Id, due.TicketId));
        return new Claim(due, attempt);
    }

    /// <summary>The ticket stopped qualifying before the send: 0 posts.</summary>
    public async Task CancelAsync(WebhookNotification due, string cause, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.WebhookNotifications
            .Where(row => row.Id == due.Id && row.Status == NotificationStatus.Pending)
            .ExecuteUpdateAsync(
                row => row.SetProperty(x => x.Status, NotificationStatus.Cancelled).SetProperty(x => x.Cause, cause).SetProperty(x => x.NextAttemptAt, (DateTime?)null),
                cancellationToken);
        live.Publish(new NotificationChanged(due.Id, due.TicketId));
    }

    /// <summary>Writes the result of an attempt and what follows from it. Does nothing when the claim was lost.</summary>
    public async Task RecordAsync(Claim claim, AttemptResult result)
    {
        var (notification, attempt) = claim;
        var now = clock.GetUtcNow().UtcDateTime;

        // A shut-down must not forget a post that happened.
        var cancellationToken = CancellationToken.None;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.WebhookAttempts.Where(row => row.Id == attempt.Id).ExecuteUpdateAsync(
            row => row
                .SetProperty(x => x.Outcome, result.Outcome)
                .SetProperty(x => x.DurationMs, (int)result.Duration.TotalMilliseconds)
                .SetProperty(x => x.ResponseStatus, result.Status)
                .SetProperty(x => x.Error, result.Error)
                .SetProperty(x => x.ResponseHeaders, result.Headers)
                .SetProperty(x => x.ResponseBody, result.Body),
            cancellationToken);
        var outcomes = await db.WebhookAttempts.Where(row => row.NotificationId == notification.Id).Select(row => new { row.Outcome, row.ResponseStatus }).ToListAsync(cancellationToken);
        var next = NextStep.After(
            result,
            attempt.Number,
            outcomes.Count(row => new AttemptResult(row.Outcome, default).IsConfigurationFault),
            notification.PossibleDuplicate,
            options.CurrentValue.RetrySchedule,
            Random.Shared.NextDouble());
        await db.WebhookNotifications
            .Where(row => row.Id == notification.Id && row.Status == NotificationStatus.Sending && row.ClaimedBy == Holder && row.AttemptCount == attempt.Number)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(x => x.Status, next.Status)
                    .SetProperty(x => x.Cause, next.Cause)
                    .SetProperty(x => x.NextAttemptAt, next.Delay == null ? null : now + next.Delay)
                    .SetProperty(x => x.ResponseStatus, result.Status)
                    .SetProperty(x => x.ResponseBody, result.Body ?? result.Error)
                    .SetProperty(x => x.PossibleDuplicate, x => x.PossibleDuplicate || result.IsUnknown)
                    .SetProperty(x => x.ClaimedBy, (string?)null)
                    .SetProperty(x => x.ClaimedUntil, (DateTime?)null),
                cancellationToken);
        var endpointChanged = await endpoint.ApplyAsync(db, result, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (endpointChanged)
        {
            live.Publish(new EndpointChanged());
        }

        live.Publish(new NotificationChanged(notification.Id, notification.TicketId));
    }

    /// <summary>
    /// Rows whose holder died in mid-send: nobody knows whether the receiver took them. Sent once more with the same
    /// webhook-id and marked; a second time without an answer ends them. On SQLite a claim of another holder is always
    /// a dead one, because of the process lock.
    /// </summary>
    public async Task ReclaimAsync(DateTime now, CancellationToken cancellationToken)
    {
        var othersAreDead = connection.Provider == DatabaseProvider.Sqlite;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var abandoned = db.WebhookNotifications.Where(row => row.Status == NotificationStatus.Sending
            && (row.ClaimedUntil < now || (othersAreDead && row.ClaimedBy != Holder)));
        if (!await abandoned.AnyAsync(cancellationToken))
        {
            return;
        }

        await abandoned.Where(row => row.PossibleDuplicate).ExecuteUpdateAsync(
            row => row
                .SetProperty(x => x.Status, NotificationStatus.Dead)
                .SetProperty(x => x.Cause, NotificationCause.OutcomeUnknown)
                .SetProperty(x => x.NextAttemptAt, (DateTime?)null),
            cancellationToken);
        await abandoned.ExecuteUpdateAsync(
            row => row
                .SetProperty(x => x.Status, NotificationStatus.Pending)
                .SetProperty(x => x.PossibleDuplicate, true)
                .SetProperty(x => x.NextAttemptAt, now),
            cancellationToken);
    }
}
