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
    AdminNotices notices,
    NotifierMeter meter,
    LiveUpdates live,
    TimeProvider clock)
{
    /// <summary>One result at a time: each reads and writes the state of the one endpoint.</summary>
    private readonly SemaphoreSlim recording = new(1, 1);

    /// <summary>This process in <see cref="WebhookNotification.ClaimedBy"/>.</summary>
    public string Holder { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Takes the row and writes its attempt, in one transaction. Null when somebody else was faster.</summary>
    public async Task<Claim?> ClaimAsync(WebhookNotification due, WebhookRequest request, bool isProbe, CancellationToken cancellationToken)
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
            IsProbe = isProbe,
            Endpoint = WebhookUrlMask.Of(url),
            EndpointId = await db.WebhookEndpoints.Where(row => row.Url == url).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken),
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
        var cancelled = await db.WebhookNotifications
            .Where(row => row.Id == due.Id && row.Status == NotificationStatus.Pending)
            .ExecuteUpdateAsync(
                row => row.SetProperty(x => x.Status, NotificationStatus.Cancelled).SetProperty(x => x.Cause, cause).SetProperty(x => x.NextAttemptAt, (DateTime?)null),
                cancellationToken);
        meter.NotificationsEnded(NotificationStatus.Cancelled, cancelled);
        live.Publish(new NotificationChanged(due.Id, due.TicketId));
    }

    /// <summary>Writes the result of an attempt and what follows from it, for the notification and for the endpoint.</summary>
    /// <returns>Where the notification stands now; null when it is not this process's any more.</returns>
    public async Task<NotificationStatus?> RecordAsync(Claim claim, AttemptResult result)
    {
        await recording.WaitAsync();
        try
        {
            return await RecordOneAsync(claim, result);
        }
        finally
        {
            recording.Release();
        }
    }

    /// <summary>
    /// Right before the first byte: from here on the receiver may have it. False when the claim was taken back in the
    /// meantime, because this process was too slow.
    /// </summary>
    public async Task<bool> MayLeaveAsync(Claim claim, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.WebhookAttempts
            .Where(row => row.Id == claim.Attempt.Id && row.Outcome == AttemptOutcome.Unknown)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.LeftAt, now), cancellationToken) == 1;
    }

    /// <summary>
    /// Rows whose holder died in mid-send. What had not left is due again as if nothing had happened. Of the others
    /// nobody knows whether the receiver took them: sent once more with the same webhook-id and marked; a second time
    /// without an answer ends them. On SQLite a claim of another holder is always a dead one, because of the process lock.
    /// </summary>
    /// <param name="now">UTC.</param>
    /// <param name="inFlight">Posts of this process that are still under way, or whose result waits for the database.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    public async Task ReclaimAsync(DateTime now, IReadOnlyCollection<int> inFlight, CancellationToken cancellationToken)
    {
        var othersAreDead = connection.Provider == DatabaseProvider.Sqlite;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var abandoned = db.WebhookNotifications.Where(row => row.Status == NotificationStatus.Sending
            && (row.ClaimedUntil < now || (othersAreDead && row.ClaimedBy != Holder))
            && !(row.ClaimedBy == Holder && inFlight.Contains(row.Id)));
        if (!await abandoned.AnyAsync(cancellationToken))
        {
            return;
        }

        var stopped = new AttemptError(AttemptErrorCode.StoppedBeforeSend).ToString();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.WebhookAttempts
            .Where(attempt => attempt.LeftAt == null && attempt.Outcome == AttemptOutcome.Unknown
                && abandoned.Any(row => row.Id == attempt.NotificationId && row.AttemptCount == attempt.Number))
            .ExecuteUpdateAsync(
                attempt => attempt.SetProperty(x => x.Outcome, AttemptOutcome.Cancelled).SetProperty(x => x.Error, stopped),
                cancellationToken);
        var unsent = await abandoned
            .Where(row => db.WebhookAttempts.Any(attempt =>
                attempt.NotificationId == row.Id && attempt.Number == row.AttemptCount && attempt.Outcome == AttemptOutcome.Cancelled))
            .ExecuteUpdateAsync(
                row => row.SetProperty(x => x.Status, NotificationStatus.Pending).SetProperty(x => x.NextAttemptAt, now),
                cancellationToken);
        var dead = await abandoned.Where(row => row.PossibleDuplicate || row.NotificationType == WebhookNotification.Test).ExecuteUpdateAsync(
            row => row
                .SetProperty(x => x.Status, NotificationStatus.Dead)
                .SetProperty(x => x.Cause, NotificationCause.OutcomeUnknown)
                .SetProperty(x => x.NextAttemptAt, (DateTime?)null),
            cancellationToken);
        var again = await abandoned.ExecuteUpdateAsync(
            row => row
                .SetProperty(x => x.Status, NotificationStatus.Pending)
                .SetProperty(x => x.PossibleDuplicate, true)
                .SetProperty(x => x.NextAttemptAt, now),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        meter.Abandoned(dead + again);
        meter.NotificationsEnded(NotificationStatus.Dead, dead);
    }

    private async Task<NotificationStatus?> RecordOneAsync(Claim claim, AttemptResult result)
    {
        var (notification, attempt) = claim;
        var now = clock.GetUtcNow().UtcDateTime;

        // A shut-down must not forget a post that happened.
        var cancellationToken = CancellationToken.None;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WriteAttemptAsync(db, attempt, result, cancellationToken);
        var history = await HistoryAsync(db, claim, cancellationToken);
        var next = NextStep.After(result, history, options.CurrentValue.RetrySchedule, Random.Shared.NextDouble());
        var broken = result.Refusal?.Broken;
        var asides = broken is not null ? history.Asides + 1 : result.Outcome == AttemptOutcome.Cancelled ? history.Asides : 0;
        var asideError = broken is not null ? StepAside.DetailOf(broken) : asides == 0 ? null : notification.AsideError;
        var isMine = await db.WebhookNotifications
            .Where(row => row.Id == notification.Id && row.AttemptCount == attempt.Number)
            .Where(row => (row.Status == NotificationStatus.Sending && row.ClaimedBy == Holder)

                // Taken from this process because its answer was late, and not sent again yet: an accepted post still counts.
                || (row.Status == NotificationStatus.Pending && next.Status == NotificationStatus.Delivered))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(x => x.Status, next.Status)
                    .SetProperty(x => x.Cause, next.Cause)
                    .SetProperty(x => x.NextAttemptAt, next.Delay == null ? null : now + next.Delay)
                    .SetProperty(x => x.ResponseStatus, result.Status)
                    .SetProperty(x => x.ResponseBody, result.Body ?? result.Error)
                    .SetProperty(x => x.PossibleDuplicate, x => x.PossibleDuplicate || result.IsUnknown)
                    .SetProperty(x => x.AsideCount, asides)
                    .SetProperty(x => x.AsideError, asideError)
                    .SetProperty(x => x.ClaimedBy, (string?)null)
                    .SetProperty(x => x.ClaimedUntil, (DateTime?)null),
                cancellationToken) == 1;
        var change = await endpoint.ApplyAsync(db, claim, result, now, cancellationToken);
        if (isMine && broken is not null && asides == 1)
        {
            await StepAside.TellAsync(db, notification.Id, now, cancellationToken);
            change = EndpointChange.Noticed;
        }

        await transaction.CommitAsync(cancellationToken);
        meter.AttemptEnded(result);
        if (change != EndpointChange.None)
        {
            live.Publish(new EndpointChanged());
        }

        if (change == EndpointChange.Noticed)
        {
            notices.Published();
        }

        if (isMine)
        {
            meter.NotificationsEnded(next.Status, 1);
            live.Publish(new NotificationChanged(notification.Id, notification.TicketId));
        }

        return isMine ? next.Status : null;
    }

    private static Task<int> WriteAttemptAsync(AppDb db, WebhookAttempt attempt, AttemptResult result, CancellationToken cancellationToken) =>
        db.WebhookAttempts.Where(row => row.Id == attempt.Id).ExecuteUpdateAsync(
            row => row
                .SetProperty(x => x.Outcome, result.Outcome)
                .SetProperty(x => x.DurationMs, (int)result.Duration.TotalMilliseconds)
                .SetProperty(x => x.DnsMs, result.Phases.DnsMs)
                .SetProperty(x => x.ConnectMs, result.Phases.ConnectMs)
                .SetProperty(x => x.TlsMs, result.Phases.TlsMs)
                .SetProperty(x => x.FirstByteMs, result.Phases.FirstByteMs)
                .SetProperty(x => x.RemoteAddress, result.RemoteAddress)
                .SetProperty(x => x.ResponseStatus, result.Status)
                .SetProperty(x => x.Error, result.Error)
                .SetProperty(x => x.ResponseHeaders, result.Headers)
                .SetProperty(x => x.ResponseBody, result.Body),
            cancellationToken);

    private static async Task<AttemptHistory> HistoryAsync(AppDb db, Claim claim, CancellationToken cancellationToken)
    {
        var attempts = await db.WebhookAttempts.Where(row => row.NotificationId == claim.Notification.Id)
            .Select(row => new { row.Outcome, row.IsProbe })
            .ToListAsync(cancellationToken);
        return new(
            attempts.Count(row => !row.IsProbe && row.Outcome != AttemptOutcome.Cancelled),
            attempts.Count(row => AttemptResult.IsFault(row.Outcome)),
            claim.Notification.PossibleDuplicate,
            claim.Notification.NotificationType == WebhookNotification.Test,
            claim.Attempt.IsProbe,
            claim.Notification.AsideCount);
    }
}
