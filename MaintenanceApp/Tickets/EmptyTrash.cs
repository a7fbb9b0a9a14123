using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Deletes for good what was in the trash when somebody looked. Nobody can undo it.</summary>
public sealed class EmptyTrash(IDbContextFactory<AppDb> database, TicketEraser eraser, AdminNotices notices)
{
    /// <param name="actor">Needs <see cref="Permissions.EraseTickets"/>.</param>
    /// <param name="seen">What the person agreed to, see <see cref="TrashQueries.ContentsAsync"/>. What came later stays; what was restored meanwhile, too.</param>
    /// <param name="cancellationToken">Stops between two transactions; what is gone stays gone.</param>
    /// <returns>How many tickets are gone.</returns>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>trash.grown</c>: more tickets are concerned than the person agreed to.</exception>
    public async Task<int> ExecuteAsync(Actor actor, TrashContents seen, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseTickets);
        var until = seen.LastDeletedAt;
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Tickets.CountAsync(ticket => ticket.DeletedAt <= until, cancellationToken) > seen.Tickets)
            {
                throw new RuleException("trash.grown", "D’autres billets sont arrivés dans la corbeille. Rien n’a été supprimé.");
            }
        }

        var erased = await eraser.EraseAsync(ticket => ticket.DeletedAt <= until, actor, cancellationToken);
        if (erased.MaxBy(ticket => (ticket.Number?.Day, ticket.Number?.InDay)) is { } last)
        {
            await notices.ErasedAsync(
                NoticeKind.TrashEmptied, new ErasureDetail(last.TicketId, actor.FullName), last.Number is { } number ? (number.Day, number.InDay) : null, erased.Count, CancellationToken.None);
        }

        return erased.Count;
    }
}
