using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>Moves a ticket to the trash and back. Nothing is deleted: its history and its notifications stay readable.</summary>
public sealed class TrashTicket(TicketChanges changes)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>ticket.in_trash</c>: it already is.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.TrashTickets);
        return changes.ApplyAsync(ticketId, expectedVersion, (ticket, now) => ticket.MoveToTrash(actor, now), cancellationToken);
    }

    /// <summary>False when there is no such ticket. Does nothing when it is not in the trash.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    public Task<bool> RestoreAsync(Actor actor, int ticketId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.TrashTickets);
        return changes.ApplyAsync(ticketId, null, (ticket, now) => ticket.Restore(actor, now), cancellationToken, isInTrash: true);
    }
}
