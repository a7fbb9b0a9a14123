using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>The order of a list as it was when a ticket of it was opened; it stays while one walks through it, whatever changes.</summary>
/// <param name="TicketIds">Numbers of the rows around, in order.</param>
/// <param name="Skipped">Rows before the first of them.</param>
/// <param name="Total">Rows of the list.</param>
public sealed record TicketWalk(IReadOnlyList<string> TicketIds, int Skipped, int Total)
{
    /// <summary>Null when the ticket is not among the rows.</summary>
    public TicketStep? At(string ticketId)
    {
        for (var index = 0; index < TicketIds.Count; index++)
        {
            if (TicketIds[index] == ticketId)
            {
                return new TicketStep(Skipped + index + 1, Total, TicketIds.ElementAtOrDefault(index - 1), TicketIds.ElementAtOrDefault(index + 1));
            }
        }

        return null;
    }
}

/// <summary>« 3 sur 24 », with the numbers before and after; null at the ends.</summary>
public sealed record TicketStep(int Position, int Total, string? Previous, string? Next);

/// <summary>Reads the rows around a page of a list, never the whole list.</summary>
public sealed class TicketWalkQueries(IDbContextFactory<AppDb> database, SiteClock site)
{
    /// <summary>As far as one walks in one go, before and after the page one came from.</summary>
    private const int Reach = 250;

    /// <param name="filter">Of the list; its page says around where.</param>
    /// <param name="userId">Who "mine" is.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<TicketWalk> AroundAsync(TicketFilter filter, int userId, CancellationToken cancellationToken)
    {
        var pageSize = Math.Clamp(filter.PageSize, 1, TicketFilter.MaxPageSize);
        var first = (long)(Math.Max(1, filter.Page) - 1) * pageSize;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await TicketSelection.At(site, userId).WhereAsync(db, filter, cancellationToken);
        var total = await tickets.CountAsync(cancellationToken);
        var skipped = (int)Math.Clamp(first - Reach, 0, total);
        var ids = await TicketSelection.Sort(tickets, filter.Sort)
            .Skip(skipped)
            .Take((int)Math.Min(first - skipped, Reach) + pageSize + Reach)
            .Select(ticket => ticket.TicketId)
            .ToListAsync(cancellationToken);
        return new TicketWalk(ids, skipped, total);
    }
}
