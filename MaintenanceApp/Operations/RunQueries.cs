using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Operations;

/// <summary>One scan run and what became of its notifications. Instants are UTC.</summary>
/// <param name="Id">The run.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Trigger">Who or what asked.</param>
/// <param name="RequestedBy">The person's name, where a person did.</param>
/// <param name="At">When it started, or was asked for.</param>
/// <param name="Took">Null until it ended.</param>
/// <param name="TotalOverdue">Tickets that matched rules 1–3.</param>
/// <param name="Created">Notifications written.</param>
/// <param name="Delivered">Of these, accepted.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Waiting">Still to be sent or retried.</param>
/// <param name="Error">Why the run failed.</param>
public sealed record RunRow(
    string Id, ScanRunState State, ScanTrigger Trigger, string? RequestedBy, DateTime At, TimeSpan? Took,
    int TotalOverdue, int Created, int Delivered, int Failed, int Waiting, string? Error)
{
    /// <summary>Late tickets as every screen counted them then; null in runs of older versions.</summary>
    public int? Late { get; init; }
}

/// <param name="Rows">Newest first.</param>
/// <param name="Total">Of all pages.</param>
public sealed record RunResults(IReadOnlyList<RunRow> Rows, int Total);

/// <summary>The history of scans: rows of a table, so it survives a restart.</summary>
public sealed class RunQueries(IDbContextFactory<AppDb> database)
{
    /// <param name="runId">Only this run; null = all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">Rows.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<RunResults> ListAsync(string? runId, int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var runs = db.ScanRuns.AsNoTracking().Where(run => runId == null || run.Id == runId);
        var total = await runs.CountAsync(cancellationToken);
        var rows = await runs
            .OrderByDescending(run => run.RequestedAt).ThenByDescending(run => run.Id)
            .Skip((page - 1) * pageSize).Take(pageSize)
            .Select(run => new
            {
                Run = run,
                RequestedBy = db.Users.Where(user => user.Id == run.RequestedBy).Select(user => user.FullName).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.Run.Id).ToList();
        var counts = await db.WebhookNotifications.AsNoTracking()
            .Where(notification => notification.RunId != null && ids.Contains(notification.RunId))
            .GroupBy(notification => new { notification.RunId, notification.Status })
            .Select(group => new { group.Key.RunId, group.Key.Status, Count = group.Count() })
            .ToListAsync(cancellationToken);
        int Count(string run, params NotificationStatus[] statuses) => counts.Where(count => count.RunId == run && statuses.Contains(count.Status)).Sum(count => count.Count);
        return new(
            [
                .. rows.Select(row => new RunRow(
                    row.Run.Id,
                    row.Run.State,
                    row.Run.Trigger,
                    row.RequestedBy,
                    row.Run.StartedAt ?? row.Run.RequestedAt,
                    row.Run.FinishedAt - row.Run.StartedAt,
                    row.Run.TotalOverdue,
                    row.Run.CreatedCount,
                    Count(row.Run.Id, NotificationStatus.Delivered),
                    Count(row.Run.Id, NotificationStatus.Dead),
                    Count(row.Run.Id, NotificationStatus.Pending, NotificationStatus.Sending),
                    row.Run.Error) { Late = row.Run.LateCount }),
            ],
            total);
    }
}
