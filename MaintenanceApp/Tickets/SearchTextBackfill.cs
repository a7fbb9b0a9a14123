using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>
/// Gives a search text to tickets that were written without one (before the column existed, or by somebody's SQL) or with
/// one of an older version of the folding. Runs
/// once at each start, beside the application; until it is through, such tickets are found by everything but their text.
/// </summary>
public sealed partial class SearchTextBackfill(IDbContextFactory<AppDb> database, ILogger<SearchTextBackfill> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly string Marker = SearchText.Marker.ToString();

    /// <summary>How many tickets it completed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (done, lastId) = (0, 0);
        while (true)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var tickets = await db.Tickets
                .Where(ticket => !ticket.SearchText.StartsWith(Marker) && ticket.Id > lastId)
                .OrderBy(ticket => ticket.Id).Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (tickets.Count == 0)
            {
                return done;
            }

            tickets.ForEach(ticket => ticket.RefreshSearchText());
            lastId = tickets[^1].Id;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                done += tickets.Count;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody edited one of them meanwhile; what is still missing is found at the next start.
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
#pragma warning disable CA1031 // An exception that leaves a background service ends the host; this is not worth it.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some tickets have no search text yet; the next start tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
