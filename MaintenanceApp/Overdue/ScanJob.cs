using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Overdue;

/// <summary>What one execution found.</summary>
/// <param name="Late">Late tickets as every screen counts them.</param>
/// <param name="TotalOverdue">Tickets planned, passed, assigned and not started.</param>
/// <param name="Created">Notifications written to the outbox.</param>
public sealed record Scanned(int Late, int TotalOverdue, int Created);

/// <summary>One execution of the job: the queued run, or on schedule a new one; and whatever was queued meanwhile.</summary>
public sealed class ScanJob(ScanRuns runs, OverdueScan scan, IDbContextFactory<AppDb> database)
{
    /// <param name="onDemand">Started for a queued run; does nothing when an earlier execution already took it.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <returns>Null when there was nothing to do.</returns>
    public async Task<Scanned?> RunAsync(bool onDemand, CancellationToken cancellationToken)
    {
        var done = new List<string>();
        var next = onDemand ? await runs.TakeQueuedAsync(cancellationToken) : await runs.BeginAsync(ScanTrigger.Schedule, cancellationToken);
        while (next is { } id)
        {
            await scan.RunAsync(id, cancellationToken);
            done.Add(id);
            next = await runs.TakeQueuedAsync(cancellationToken);
        }

        if (done.Count == 0)
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var totals = await db.ScanRuns.AsNoTracking().Where(run => done.Contains(run.Id))
            .OrderBy(run => run.FinishedAt).Select(run => new { run.LateCount, run.TotalOverdue, run.CreatedCount }).ToListAsync(cancellationToken);

        // Looks that follow each other find the same tickets: the last one counts them as they are now.
        return new(totals[^1].LateCount ?? 0, totals[^1].TotalOverdue, totals.Sum(run => run.CreatedCount));
    }
}
