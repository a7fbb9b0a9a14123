using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>How the tickets of one machine stand.</summary>
/// <param name="Open">Neither finished nor in the trash.</param>
/// <param name="Overdue">Of the open ones, as <see cref="TicketRules"/> says.</param>
/// <param name="LastCompletedAt">UTC; null = never.</param>
public sealed record MachineTickets(int Open, int Overdue, DateTime? LastCompletedAt)
{
    public static MachineTickets None { get; } = new(0, 0, null);
}

/// <summary>Counts tickets per machine for the machine screens. Here and not in Machines, which knows no ticket.</summary>
public sealed class MachineTicketCounts(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <summary>By machine id; machines without any ticket are absent.</summary>
    public async Task<IReadOnlyDictionary<int, MachineTickets>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt == null && ticket.MachineId != null);
        var open = await CountAsync(tickets.Where(TicketRules.IsOpen), cancellationToken);
        var overdue = await CountAsync(tickets.Where(TicketRules.IsOverdue(now)), cancellationToken);
        var completed = await tickets.Where(ticket => ticket.CompletedAt != null)
            .GroupBy(ticket => ticket.MachineId!.Value)
            .Select(group => new { group.Key, Last = group.Max(ticket => ticket.CompletedAt) })
            .ToDictionaryAsync(row => row.Key, row => row.Last, cancellationToken);
        return open.Keys.Union(completed.Keys).ToDictionary(
            id => id, id => new MachineTickets(open.GetValueOrDefault(id), overdue.GetValueOrDefault(id), completed.GetValueOrDefault(id)));
    }

    private static Task<Dictionary<int, int>> CountAsync(IQueryable<Ticket> tickets, CancellationToken cancellationToken) => tickets
        .GroupBy(ticket => ticket.MachineId!.Value)
        .Select(group => new { group.Key, Count = group.Count() })
        .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
}
