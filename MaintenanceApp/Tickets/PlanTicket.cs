using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>When and by whom: what the calendar sets in one gesture.</summary>
/// <param name="ScheduledDate">UTC, whole seconds; null = not planned.</param>
/// <param name="AssignedTo">Null = nobody, 0 = the whole team.</param>
public sealed record TicketPlan(DateTime? ScheduledDate, int? AssignedTo);

/// <summary>Gives a ticket a date and a person at once: one transaction, one check of the version, both or neither.</summary>
public sealed class PlanTicket(TicketChanges changes)
{
    private static readonly DateTime First = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Last = new(2101, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not plan.</exception>
    /// <exception cref="InvalidInputException">Unknown or deactivated person, or a year outside 2000 to 2100.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, TicketPlan plan, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.PlanTickets);
        if (plan.ScheduledDate < First || plan.ScheduledDate >= Last)
        {
            throw new InvalidInputException(nameof(plan.ScheduledDate), "La date doit être entre les années 2000 et 2100");
        }

        return changes.ApplyAsync(
            ticketId,
            expectedVersion,
            async (db, ticket, now) =>
            {
                // Whoever is already assigned may stay, even if the account is gone.
                if (plan.AssignedTo != ticket.AssignedTo)
                {
                    await TicketReferences.RequireAssignableAsync(db, plan.AssignedTo, cancellationToken);
                    ticket.Assign(plan.AssignedTo, actor, now);
                }

                ticket.Reschedule(plan.ScheduledDate, actor, now);
            },
            cancellationToken);
    }
}
