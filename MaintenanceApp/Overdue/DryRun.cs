using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>What a scan at this instant would send.</summary>
/// <param name="DryRun">Always true.</param>
/// <param name="TotalOverdue">Tickets that match rules 1–3.</param>
/// <param name="WouldSend">How many posts a scan would make.</param>
/// <param name="Payloads">In the order they would leave.</param>
/// <param name="CheckedAt">ISO 8601, UTC.</param>
public sealed record DryRunReport(bool DryRun, int TotalOverdue, int WouldSend, IReadOnlyList<OverduePayload> Payloads, string CheckedAt);

/// <summary>The scan without its consequences: no row, no post.</summary>
public sealed class DryRun(
    IDbContextFactory<AppDb> database, CurrentEndpoint endpoint, IOptionsMonitor<NotifierOptions> options, TimeProvider clock)
{
    public async Task<DryRunReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var state = await endpoint.ReadAsync(db, cancellationToken);
        var found = await db.Tickets.CountAsync(OverdueRule.IsDue(now), cancellationToken);
        var tickets = state.IsOpen
            ? await OverdueTicket.From(db, OverdueRule.MostUrgentFirst(OverdueRule.Notifying(db, now, options.CurrentValue.RepeatAfter, state.Url)))
                .ToListAsync(cancellationToken)
            : [];
        return new(true, found, tickets.Count, [.. tickets.Select(ticket => OverduePayload.Of(ticket, now))], OverduePayload.IsoMilliseconds(now));
    }
}
