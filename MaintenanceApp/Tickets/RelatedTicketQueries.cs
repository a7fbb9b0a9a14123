using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Another open ticket on the same machine. Instants are UTC.</summary>
public sealed record RelatedTicket(int Id, string TicketId, string Title, TicketStatus Status, TicketPriority Priority, DateTime? ScheduledDate);

/// <summary>The first few of them, and how many there are.</summary>
public sealed record RelatedTickets(IReadOnlyList<RelatedTicket> Rows, int Total)
{
    public static RelatedTickets None { get; } = new([], 0);
}

/// <summary>What else is open on a ticket's machine.</summary>
public sealed class RelatedTicketQueries(IDbContextFactory<AppDb> database)
{
    private const int Shown = 4;

    /// <summary>The most urgent first.</summary>
    /// <param name="machineId">The machine.</param>
    /// <param name="except">The ticket itself.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<RelatedTickets> OnMachineAsync(int machineId, int except, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var open = db.Tickets.AsNoTracking().Where(TicketRules.IsOpen).Where(ticket => ticket.MachineId == machineId && ticket.Id != except);
        var total = await open.CountAsync(cancellationToken);
        var rows = await TicketSelection.Sort(open, [new TicketSort(TicketColumn.Priority, Descending: true), new TicketSort(TicketColumn.ScheduledDate)])
            .Take(Shown)
            .Select(ticket => new RelatedTicket(ticket.Id, ticket.TicketId, ticket.Title, ticket.Status, ticket.Priority, ticket.ScheduledDate))
            .ToListAsync(cancellationToken);
        return new RelatedTickets(rows, total);
    }
}
