using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

public sealed class RescheduleTicketRequest
{
    /// <summary>As <see cref="TicketDates"/> reads it; null or blank = not planned.</summary>
    [ScheduledDate]
    public string? ScheduledDate { get; set; }
}

/// <summary>Plans a ticket for a date, or takes the date away. Does not shorten the 24 h between two notifications.</summary>
public sealed class RescheduleTicket(TicketChanges changes, TicketDates dates)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not plan.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, RescheduleTicketRequest request, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.PlanTickets);
        var scheduledDate = dates.Parse(request.ScheduledDate);
        return changes.ApplyAsync(ticketId, expectedVersion, (ticket, now) => ticket.Reschedule(scheduledDate, actor, now), cancellationToken);
    }
}
