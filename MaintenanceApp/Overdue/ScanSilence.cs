using System.Data.Common;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Overdue;

/// <param name="LastAt">End of the last finished scan, UTC; null before the first.</param>
/// <param name="Took">How long that scan took.</param>
/// <param name="Silence">Since then, or since this process started where that is later; never negative.</param>
/// <param name="Counted">The same by the counter that nobody can set, as far as this process saw.</param>
public sealed record ScanAge(DateTime? LastAt, TimeSpan? Took, TimeSpan Silence, TimeSpan Counted);

/// <summary>
/// How long no scan has finished, whichever process ran it. Both the calendar and the monotonic counter are asked and the
/// longer answer wins: a clock set back cannot hide a silence, and a machine that slept is silent until its next scan.
/// </summary>
public sealed class ScanSilence(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly DateTime startedAt = clock.GetUtcNow().UtcDateTime;
    private string? lastId;
    private DateTime? lastAt;
    private TimeSpan? took;
    private long seen = clock.GetTimestamp();

    /// <summary>Never throws for a database that does not answer: then the last known scan is the last one.</summary>
    public async Task<ScanAge> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var last = await db.ScanRuns.AsNoTracking()
                .Where(run => run.State == ScanRunState.Finished && run.FinishedAt != null)
                .OrderByDescending(run => run.FinishedAt)
                .Select(run => new { run.Id, run.StartedAt, run.FinishedAt })
                .FirstOrDefaultAsync(cancellationToken);
            lock (gate)
            {
                if (last?.Id != lastId)
                {
                    seen = clock.GetTimestamp();
                }

                (lastId, lastAt, took) = (last?.Id, last?.FinishedAt, last?.FinishedAt - last?.StartedAt);
            }
        }
        catch (DbException)
        {
            // The health of the database says so itself.
        }

        lock (gate)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var byCalendar = now - (lastAt > startedAt ? lastAt.Value : startedAt);
            var counted = clock.GetElapsedTime(seen);
            return new(lastAt, took is { } duration && duration > TimeSpan.Zero ? duration : took is null ? null : TimeSpan.Zero, byCalendar > counted ? byCalendar : counted, counted);
        }
    }
}
