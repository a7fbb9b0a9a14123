using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>
/// Gives a search text to tickets that were written without one: before the column existed, or by somebody's SQL. Runs
/// once at each start, beside the application; until it is through, such tickets are found by everything but their text.
/// </summary>
public sealed class SearchTextBackfill(IDbContextFactory<AppDb> database) : BackgroundService
{
    private const int BatchSize = 500;

    /// <summary>How many tickets it completed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        while (true)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var tickets = await db.Tickets.Where(ticket => ticket.SearchText == "").Take(BatchSize).ToListAsync(cancellationToken);
            if (tickets.Count == 0)
            {
                return done;
            }

            foreach (var ticket in tickets)
            {
                ticket.RefreshSearchText();
                if (ticket.SearchText.Length == 0)
                {
                    throw new InvalidOperationException($"Ticket {ticket.Id} has no number, title or description.");
                }
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
                done += tickets.Count;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody edited one of them meanwhile, which gave it its text; the next round takes the others.
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);
}
