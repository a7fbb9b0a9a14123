using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

public sealed class AssignTicketRequest
{
    /// <summary>Null = nobody, 0 = the whole team.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "Personne inconnue")]
    public int? AssignedTo { get; set; }
}

/// <summary>Gives a ticket to a person, to the whole team or to nobody.</summary>
public sealed class AssignTicket(TicketChanges changes)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not plan.</exception>
    /// <exception cref="InvalidInputException">Unknown or deactivated person.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, AssignTicketRequest request, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.PlanTickets);
        return changes.ApplyAsync(
            ticketId,
            expectedVersion,
            async (db, ticket, now) =>
            {
                // Whoever is already assigned may stay, even if the account is gone.
                if (request.AssignedTo != ticket.AssignedTo)
                {
                    await TicketReferences.RequireAssignableAsync(db, request.AssignedTo, cancellationToken);
                    ticket.Assign(request.AssignedTo, actor, now);
                }
            },
            cancellationToken);
    }
}
