using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Finds the tickets that notify with one statement and writes one outbox row each, in one transaction. Two scans at the
/// same instant compute the same <see cref="WebhookNotification.Seq"/>: the database lets one of them through.
/// </summary>
public sealed partial class OverdueScan(
    IDbContextFactory<AppDb> database,
    CurrentEndpoint endpoint,
    NotificationDispatcher dispatcher,
    IOptionsMonitor<NotifierOptions> options,
    ClockWatch watch,
    HeartbeatPing heartbeat,
    NotifierMeter meter,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<OverdueScan> logger)
{
    private const int MaxRaces = 5;

    /// <summary>Scans for a run that is already in the table, and completes its row.</summary>
    public async Task RunAsync(string runId, CancellationToken cancellationToken)
    {
        using var activity = NotifierActivities.StartScan(runId);
        var (late, found, created) = (0, 0, 0);
        var started = clock.GetTimestamp();
        string? error = null;
        try
        {
            await watch.CheckAsync(cancellationToken);
            (late, found, created) = await WriteOutboxAsync(runId, cancellationToken);
        }
        catch (Exception exception)
        {
            error = exception.GetBaseException().Message;
            throw;
        }
        finally
        {
            var isStored = false;
            try
            {
                await CompleteAsync(runId, late, found, created, error);
                isStored = true;
            }
            finally
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    var isGood = isStored && error == null;
                    meter.ScanEnded(isGood, clock.GetElapsedTime(started));
                    heartbeat.Send(isGood);
                }
            }
        }

        LogScanned(logger, runId, found, created);
        dispatcher.Wake();
    }

    private async Task<(int Late, int Found, int Created)> WriteOutboxAsync(string runId, CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            try
            {
                return await TryWriteOutboxAsync(runId, cancellationToken);
            }
            catch (DbUpdateException) when (race < MaxRaces)
            {
                // Another process wrote the same numbers first. Looking again finds its rows and leaves those tickets alone.
                LogLostRace(logger, race);
            }
        }
    }

    private async Task<(int Late, int Found, int Created)> TryWriteOutboxAsync(string runId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var late = await db.Tickets.Where(TicketRules.IsOpen).CountAsync(TicketRules.IsOverdue(now), cancellationToken);
        var found = await db.Tickets.CountAsync(OverdueRule.IsDue(now), cancellationToken);
        var state = await endpoint.ReadAsync(db, cancellationToken);
        if (!state.IsOpen)
        {
            return (late, found, 0);
        }

        var tickets = await OverdueRule.MostUrgentFirst(OverdueRule.Notifying(db, now, options.CurrentValue.RepeatAfter, state.Url))
            .Select(ticket => new
            {
                ticket.Id,
                ticket.Priority,
                LastSeq = db.WebhookNotifications
                    .Where(row => row.TicketId == ticket.Id && row.NotificationType == WebhookNotification.OverdueScheduled)
                    .Max(row => row.Seq) ?? 0,
            })
            .ToListAsync(cancellationToken);
        db.AddRange(tickets.Select(ticket => new WebhookNotification
        {
            TicketId = ticket.Id,
            NotificationType = WebhookNotification.OverdueScheduled,
            WebhookUrl = state.Url!,
            WebhookId = WebhookIds.New(),
            Seq = ticket.LastSeq + 1,
            Urgency = OverdueRule.UrgencyOf(ticket.Priority),
            Status = NotificationStatus.Pending,
            Trigger = NotificationTrigger.Scan,
            RunId = runId,
            TraceParent = System.Diagnostics.Activity.Current?.Id,
            CreatedAt = now,
            NextAttemptAt = now,
        }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (late, found, tickets.Count);
    }

    private async Task CompleteAsync(string runId, int late, int found, int created, string? error)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(CancellationToken.None);
        await db.ScanRuns.Where(run => run.Id == runId).ExecuteUpdateAsync(run => run
            .SetProperty(x => x.FinishedAt, now)
            .SetProperty(x => x.LateCount, late)
            .SetProperty(x => x.TotalOverdue, found)
            .SetProperty(x => x.CreatedCount, x => x.CreatedCount + created)
            .SetProperty(x => x.Error, error));

        // Somebody may have joined meanwhile and queued it for one more look: that stands.
        var ended = error == null ? ScanRunState.Finished : ScanRunState.Failed;
        await db.ScanRuns.Where(run => run.Id == runId && run.State == ScanRunState.Running)
            .ExecuteUpdateAsync(run => run.SetProperty(x => x.State, ended));
        live.Publish(new ScanChanged(runId));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Scan {RunId}: {Found} overdue, {Created} notifications written")]
    private static partial void LogScanned(ILogger logger, string runId, int found, int created);

    [LoggerMessage(Level = LogLevel.Information, Message = "Another process scanned at the same instant; looking again ({Race})")]
    private static partial void LogLostRace(ILogger logger, int race);
}
