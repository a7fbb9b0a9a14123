using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>One change asked for many tickets at once. Instants are UTC.</summary>
public abstract record BulkChange
{
    /// <summary>Whether tickets in the trash may be changed this way.</summary>
    public virtual bool IsAboutTrash => false;

    /// <summary>Nothing to do.</summary>
    internal abstract bool IsAlreadySo(Ticket ticket);

    /// <summary>The change that brings the ticket back to what it is now.</summary>
    internal abstract BulkChange Back(Ticket ticket);

    /// <exception cref="ForbiddenException">The role may not change this ticket this way.</exception>
    internal abstract void Apply(Ticket ticket, Actor actor, DateTime now);

    /// <summary>Checks once, before the first ticket, what does not depend on the ticket.</summary>
    /// <exception cref="InvalidInputException">Unknown or deactivated person.</exception>
    internal virtual Task CheckAsync(AppDb db, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed record StatusChange(TicketStatus Status) : BulkChange
{
    internal override bool IsAlreadySo(Ticket ticket) => ticket.Status == Status;

    internal override BulkChange Back(Ticket ticket) => new StatusChange(ticket.Status);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.WorkOnTickets);
        ticket.MoveTo(Status, actor, now);
    }
}

public sealed record PriorityChange(TicketPriority Priority) : BulkChange
{
    internal override bool IsAlreadySo(Ticket ticket) => ticket.Priority == Priority;

    internal override BulkChange Back(Ticket ticket) => new PriorityChange(ticket.Priority);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        EditTicket.RequireMayEdit(actor, ticket.ReportedBy);
        ticket.Edit(ticket.Title, ticket.Description, ticket.MachineId, Priority, ticket.ReporterName, actor, now);
    }
}

/// <param name="UserId">Null = nobody, 0 = the team.</param>
public sealed record AssigneeChange(int? UserId) : BulkChange
{
    internal override bool IsAlreadySo(Ticket ticket) => ticket.AssignedTo == UserId;

    internal override BulkChange Back(Ticket ticket) => new AssigneeChange(ticket.AssignedTo);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.PlanTickets);
        ticket.Assign(UserId, actor, now);
    }

    internal override Task CheckAsync(AppDb db, CancellationToken cancellationToken) =>
        TicketReferences.RequireAssignableAsync(db, UserId, cancellationToken);
}

/// <param name="Due">UTC; null = not planned.</param>
public sealed record DueChange(DateTime? Due) : BulkChange
{
    internal override bool IsAlreadySo(Ticket ticket) => ticket.ScheduledDate == Due;

    internal override BulkChange Back(Ticket ticket) => new DueChange(ticket.ScheduledDate);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.PlanTickets);
        ticket.Reschedule(Due, actor, now);
    }
}

/// <param name="IsTrashed">True throws away, false takes back.</param>
public sealed record TrashChange(bool IsTrashed) : BulkChange
{
    public override bool IsAboutTrash => true;

    internal override bool IsAlreadySo(Ticket ticket) => ticket.DeletedAt is not null == IsTrashed;

    internal override BulkChange Back(Ticket ticket) => new TrashChange(ticket.DeletedAt is not null);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.TrashTickets);
        if (IsTrashed)
        {
            ticket.MoveToTrash(actor, now);
        }
        else
        {
            ticket.Restore(actor, now);
        }
    }
}
