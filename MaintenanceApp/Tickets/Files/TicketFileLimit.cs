using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Files;

/// <summary>How many files a ticket has at most, whoever adds or puts back at the same moment.</summary>
internal static class TicketFileLimit
{
    /// <exception cref="RuleException"><c>ticket.too_many_files</c>.</exception>
    public static async Task RequireRoomAsync(AppDb db, int ticketId, int most, CancellationToken cancellationToken)
    {
        if (await db.TicketFiles.CountAsync(file => file.TicketId == ticketId && file.DeletedAt == null, cancellationToken) >= most)
        {
            throw new RuleException("ticket.too_many_files", $"Un billet a au plus {most} fichiers.");
        }
    }

    /// <summary>Saves what <paramref name="db"/> holds: one more file of this ticket.</summary>
    /// <exception cref="RuleException"><c>ticket.too_many_files</c>; nothing is saved then.</exception>
    /// <exception cref="StaleRecordException">The ticket was deleted for good meanwhile.</exception>
    public static async Task SaveAsync(AppDb db, int ticketId, int most, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Changes nothing, but takes the ticket's row until the end: whoever else counts its files waits here, on both databases.
        if (await db.Tickets.Where(ticket => ticket.Id == ticketId).ExecuteUpdateAsync(row => row.SetProperty(ticket => ticket.Version, ticket => ticket.Version), cancellationToken) == 0)
        {
            throw new StaleRecordException();
        }

        await RequireRoomAsync(db, ticketId, most, cancellationToken);
        await TicketSaving.SaveAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
