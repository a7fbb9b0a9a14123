using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <param name="Id">The row that is gone.</param>
/// <param name="TicketId">The number people read.</param>
/// <param name="Number">The parts of that number; null for an imported one that has none.</param>
/// <param name="Files">Files that went along.</param>
public sealed record ErasedTicket(int Id, string TicketId, TicketNumber? Number, int Files);

/// <summary>
/// Deletes tickets of the trash: the foreign keys take timeline, comments, notifications and files along, then the bytes go.
/// What is not in the trash at that instant stays, whatever was asked.
/// </summary>
public sealed partial class TicketEraser(IDbContextFactory<AppDb> database, PurgeTicketFiles files, LiveUpdates live, TimeProvider clock, ILogger<TicketEraser> logger)
{
    /// <summary>Tickets of one transaction, which nobody else waits for longer than a moment.</summary>
    private const int BatchSize = 20;

    /// <param name="which">Of those in the trash.</param>
    /// <param name="actor">Who did it, for the log; null = their time was over.</param>
    /// <param name="cancellationToken">Stops between two transactions; what is gone stays gone.</param>
    /// <returns>What is gone.</returns>
    public async Task<IReadOnlyList<ErasedTicket>> EraseAsync(Expression<Func<Ticket, bool>> which, Actor? actor, CancellationToken cancellationToken)
    {
        var erased = new List<ErasedTicket>();
        while (true)
        {
            var started = clock.GetTimestamp();
            var (found, batch) = await EraseBatchAsync(which, cancellationToken);
            foreach (var ticket in batch)
            {
                Log(ticket, actor);
                live.Publish(new TicketChanged(ticket.Id));
            }

            erased.AddRange(batch);
            if (found < BatchSize)
            {
                return erased;
            }

            await BatchPause.AfterAsync(clock, started, cancellationToken);
        }
    }

    private async Task<(int Found, List<ErasedTicket> Erased)> EraseBatchAsync(Expression<Func<Ticket, bool>> which, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt != null).Where(which)
            .OrderBy(ticket => ticket.Id).Take(BatchSize)
            .Select(ticket => new { ticket.Id, ticket.TicketId, ticket.NumberDay, ticket.NumberInDay })
            .ToListAsync(cancellationToken);
        var ids = found.ConvertAll(ticket => ticket.Id);
        var keys = (await db.TicketFiles.Where(file => ids.Contains(file.TicketId))
            .Select(file => new { file.TicketId, file.StorageKey }).ToListAsync(cancellationToken)).ToLookup(file => file.TicketId, file => file.StorageKey);

        // Both conditions again: on PostgreSQL somebody may restore one between these two statements.
        await db.Tickets.Where(ticket => ids.Contains(ticket.Id) && ticket.DeletedAt != null).Where(which).ExecuteDeleteAsync(cancellationToken);
        var kept = await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).Select(ticket => ticket.Id).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var erased = found.Where(ticket => !kept.Contains(ticket.Id))
            .Select(ticket => new ErasedTicket(
                ticket.Id,
                ticket.TicketId,
                ticket is { NumberDay: { } day, NumberInDay: { } inDay } ? new TicketNumber(day, inDay) : TicketNumber.TailOf(ticket.TicketId),
                keys[ticket.Id].Count()))
            .ToList();
        foreach (var key in erased.SelectMany(ticket => keys[ticket.Id]))
        {
            files.DeleteBytes(key);
        }

        return (found.Count, erased);
    }

    private void Log(ErasedTicket ticket, Actor? actor)
    {
        if (actor is null)
        {
            LogExpired(logger, ticket.TicketId, ticket.Files);
        }
        else
        {
            LogErased(logger, ticket.TicketId, actor.FullName, actor.UserId, ticket.Files);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ticket {Number} was deleted for good by {Name} (account {Account}), with {Files} files")]
    private static partial void LogErased(ILogger logger, string number, string name, int account, int files);

    [LoggerMessage(Level = LogLevel.Information, Message = "Ticket {Number} was deleted for good, with {Files} files: its time in the trash was over")]
    private static partial void LogExpired(ILogger logger, string number, int files);
}
