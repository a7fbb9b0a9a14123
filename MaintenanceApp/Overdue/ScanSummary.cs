using System.Text.Json.Serialization;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Overdue;

/// <summary>The answer of the cron and scan routes; the words and keys are those of the system this replaces.</summary>
public sealed record ScanSummary(
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TotalOverdue,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? NotificationsSent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ScanSummary.Sent>? Notifications,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ScanSummary.Failed>? Errors,
    string CheckedAt,
    string RunId)
{
    /// <summary>Accepted in this run.</summary>
    public sealed record Sent(string TicketId, string Title, string OverdueText, int? WebhookStatus, string? SentAt);

    /// <summary>Failed in this run; it will be retried unless its notification is dead.</summary>
    public sealed record Failed(
        string TicketId,
        string Error,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WebhookStatus);
}

/// <summary>What callers of <c>/api/cron/runs/{id}</c> see.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">queued, running, sending, finished or failed.</param>
/// <param name="Trigger">schedule, cron, api, manual or cli.</param>
/// <param name="RequestedAt">ISO 8601, UTC.</param>
/// <param name="Summary">Null until the run has scanned.</param>
/// <param name="Error">Why it failed.</param>
public sealed record ScanRunView(string RunId, string State, string Trigger, string RequestedAt, ScanSummary? Summary, string? Error);

/// <summary>Reads runs back from the tables, so that the answer is the same for every caller and after a restart.</summary>
public sealed class ScanRunQueries(IDbContextFactory<AppDb> database)
{
    /// <summary>Null for an unknown run.</summary>
    public async Task<ScanRunView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.ScanRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancellationToken) is not { } run)
        {
            return null;
        }

        var rows = await (
            from notification in db.WebhookNotifications.AsNoTracking()
            join ticket in db.Tickets on notification.TicketId equals ticket.Id
            where notification.RunId == id
            orderby notification.Id
            select new { notification, ticket.TicketId, ticket.Title, ticket.ScheduledDate }).ToListAsync(cancellationToken);
        var sent = rows.Where(row => row.notification.Status == NotificationStatus.Delivered)
            .Select(row => new ScanSummary.Sent(
                row.TicketId,
                row.Title,
                OverdueTime.Between(row.ScheduledDate ?? row.notification.SentAt!.Value, row.notification.SentAt!.Value).ToString(),
                row.notification.ResponseStatus,
                OverduePayload.IsoMilliseconds(row.notification.SentAt!.Value)))
            .ToList();
        var failed = rows.Where(row => row.notification is { Status: NotificationStatus.Pending or NotificationStatus.Dead } and ({ AttemptCount: > 0 } or { AsideCount: > 0 }))
            .Select(row => new ScanSummary.Failed(
                row.TicketId,
                row.notification.AsideCount > 0 ? "Notification impossible à préparer"
                : row.notification.ResponseStatus is { } status ? $"HTTP {status}" : AttemptError.InFrench(row.notification.ResponseBody) ?? "Échec de l’envoi",
                row.notification.ResponseStatus))
            .ToList();
        var checkedAt = OverduePayload.IsoMilliseconds(run.FinishedAt ?? run.StartedAt ?? run.RequestedAt);
        var summary = run.FinishedAt is null ? null
            : run.TotalOverdue == 0 && rows.Count == 0 ? new ScanSummary("Aucun ticket planifié expiré trouvé", null, null, null, null, checkedAt, run.Id)
            : new ScanSummary("Vérification terminée", run.TotalOverdue, sent.Count, sent, failed.Count == 0 ? null : failed, checkedAt, run.Id);
        var sending = run.State == ScanRunState.Finished && rows.Any(row => row.notification is { Status: NotificationStatus.Pending, AttemptCount: 0, AsideCount: 0 } or { Status: NotificationStatus.Sending });
        return new(run.Id, sending ? "sending" : Snake.Of(run.State), Snake.Of(run.Trigger), OverduePayload.IsoMilliseconds(run.RequestedAt), summary, ScanRunError.InFrench(run.Error));
    }
}
