using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>Moves a ticket to the trash and back. Nothing is deleted: its history and its notifications stay readable.</summary>
public sealed class TrashTicket(TicketChanges changes)
{
    /// <summary>How long « Annuler » is offered to whoever opened a ticket.</summary>
    public static readonly TimeSpan WithdrawalTime = TimeSpan.FromMinutes(10);

    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>ticket.in_trash</c>: it already is.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.TrashTickets);
        return changes.ApplyAsync(ticketId, expectedVersion, (ticket, now) => ticket.MoveToTrash(actor, now), cancellationToken);
    }

    /// <summary>
    /// Takes back a ticket opened by mistake: whoever opened it may, within <see cref="WithdrawalTime"/> and while nobody has
    /// touched it, without the permission to trash. False when there is no such ticket.
    /// </summary>
    /// <exception cref="ForbiddenException">Not one's own, or too late.</exception>
    /// <exception cref="StaleRecordException">Somebody has worked on it since.</exception>
    public Task<bool> WithdrawAsync(Actor actor, int ticketId, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            ticketId,
            0,
            (ticket, now) =>
            {
                if (ticket.ReportedBy != actor.UserId || now - ticket.CreatedAt > WithdrawalTime)
                {
                    throw new ForbiddenException(Permissions.TrashTickets);
                }

                ticket.MoveToTrash(actor, now);
            },
            cancellationToken);

    /// <summary>False when there is no such ticket. Does nothing when it is not in the trash.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first, or deleted it for good.</exception>
    public Task<bool> RestoreAsync(Actor actor, int ticketId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.TrashTickets);
        return changes.ApplyAsync(ticketId, null, (ticket, now) => ticket.Restore(actor, now), cancellationToken, isInTrash: true);
    }
}
