using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Deletes one ticket of the trash for good, and tells the other administrators. Nobody can undo it.</summary>
public sealed class EraseTicket(IDbContextFactory<AppDb> database, TicketEraser eraser, AdminNotices notices)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <param name="actor">Needs <see cref="Permissions.EraseTickets"/>.</param>
    /// <param name="ticketId">The ticket's row id.</param>
    /// <param name="expectedVersion">What the caller saw; null = whatever it is now.</param>
    /// <param name="cancellationToken">Stops before the deletion.</param>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>ticket.not_in_trash</c>: it never was, or somebody restored it.</exception>
    /// <exception cref="StaleRecordException">Somebody restored it, changed it and threw it away again.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, int ticketId, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseTickets);
        var erased = await eraser.EraseAsync(
            ticket => ticket.Id == ticketId && (expectedVersion == null || ticket.Version == expectedVersion), actor, cancellationToken);
        if (erased is [var gone])
        {
            await notices.ErasedAsync(
                NoticeKind.TicketErased, new ErasureDetail(gone.TicketId, actor.FullName), gone.Number is { } number ? (number.Day, number.InDay) : null, 1, CancellationToken.None);
            return true;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Tickets.Where(ticket => ticket.Id == ticketId).Select(ticket => new { ticket.DeletedAt }).SingleOrDefaultAsync(cancellationToken) switch
        {
            null => false,
            { DeletedAt: null } => throw new RuleException("ticket.not_in_trash", "Ce billet n’est pas dans la corbeille. Rien n’a été supprimé."),
            _ => throw new StaleRecordException(),
        };
    }
}
