using System.Globalization;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Overdue;

/// <summary>One execution of the job: the queued run, or on schedule a new one; and whatever was queued meanwhile.</summary>
public sealed class ScanJob(ScanRuns runs, OverdueScan scan, IDbContextFactory<AppDb> database)
{
    /// <param name="onDemand">Started for a queued run; does nothing when an earlier execution already took it.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <returns>What happened, for the job history.</returns>
    public async Task<string> RunAsync(bool onDemand, CancellationToken cancellationToken)
    {
        var done = new List<string>();
        var next = onDemand ? await runs.TakeQueuedAsync(cancellationToken) : await runs.BeginAsync(ScanTrigger.Schedule, cancellationToken);
        while (next is { } id)
        {
            await scan.RunAsync(id, cancellationToken);
            done.Add(id);
            next = await runs.TakeQueuedAsync(cancellationToken);
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var totals = await db.ScanRuns.AsNoTracking().Where(run => done.Contains(run.Id)).ToListAsync(cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"overdue {totals.Sum(run => run.TotalOverdue)}, notifications {totals.Sum(run => run.CreatedCount)}");
    }
}
