using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets.Change;

/// <summary>
/// What one ticket, or many, are to become, whoever asks for it from which screen. <see cref="ChangeTickets"/> makes it and
/// takes it back. Instants are UTC.
/// </summary>
public abstract record TicketChange
{
    /// <summary>Whether tickets in the trash may be changed this way.</summary>
    public virtual bool IsAboutTrash => false;

    /// <summary>What the ticket has now, as a change: it brings the ticket back.</summary>
    internal abstract TicketChange Present(Ticket ticket);

    /// <exception cref="ForbiddenException">The role may not change this ticket this way.</exception>
    internal abstract void Apply(Ticket ticket, Actor actor, DateTime now);

    /// <summary>Nothing to do.</summary>
    internal virtual bool IsAlreadySo(Ticket ticket) => Equals(Present(ticket));

    /// <summary>Checks, before the first ticket, what does not depend on the ticket.</summary>
    /// <param name="db">For what the change points to.</param>
    /// <param name="from">What the person saw; null = not known. What stays as it is needs no check.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="InvalidInputException">It means nothing here, such as an unknown or deactivated person.</exception>
    internal virtual Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed record StatusChange(TicketStatus Status) : TicketChange
{
    internal override TicketChange Present(Ticket ticket) => new StatusChange(ticket.Status);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.WorkOnTickets);
        ticket.MoveTo(Status, actor, now);
    }
}

/// <param name="UserId">Null = nobody, 0 = the team.</param>
public sealed record AssigneeChange(int? UserId) : TicketChange
{
    internal override TicketChange Present(Ticket ticket) => new AssigneeChange(ticket.AssignedTo);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.PlanTickets);
        ticket.Assign(UserId, actor, now);
    }

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken) =>
        TicketReferences.RequireAssignableAsync(db, UserId, cancellationToken);
}

/// <param name="Due">UTC, whole seconds; null = not planned.</param>
public sealed record DueChange(DateTime? Due) : TicketChange
{
    internal override TicketChange Present(Ticket ticket) => new DueChange(ticket.ScheduledDate);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.PlanTickets);
        ticket.Reschedule(Due, actor, now);
    }

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken)
    {
        TicketDates.RequireInRange(Due);
        return Task.CompletedTask;
    }
}

/// <summary>When and by whom, as the calendar sets it in one gesture: both or neither.</summary>
/// <param name="ScheduledDate">UTC, whole seconds; null = not planned.</param>
/// <param name="AssignedTo">Null = nobody, 0 = the team.</param>
public sealed record PlanChange(DateTime? ScheduledDate, int? AssignedTo) : TicketChange
{
    internal override TicketChange Present(Ticket ticket) => new PlanChange(ticket.ScheduledDate, ticket.AssignedTo);

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        actor.Require(Permissions.PlanTickets);
        if (AssignedTo != ticket.AssignedTo)
        {
            ticket.Assign(AssignedTo, actor, now);
        }

        ticket.Reschedule(ScheduledDate, actor, now);
    }

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken)
    {
        TicketDates.RequireInRange(ScheduledDate);

        // Whoever is already assigned may stay, even if the account is gone.
        return from is PlanChange seen && seen.AssignedTo == AssignedTo
            ? Task.CompletedTask
            : TicketReferences.RequireAssignableAsync(db, AssignedTo, cancellationToken);
    }
}

/// <param name="Until">UTC; null lets it notify again.</param>
/// <param name="Reason">Why it may wait, for the timeline; required with an instant that a person chose.</param>
public sealed record SnoozeChange(DateTime? Until, string? Reason) : TicketChange
{
    internal override TicketChange Present(Ticket ticket) => new SnoozeChange(ticket.SnoozedUntil, null);

    // The reason is a remark on the change, not a value of the ticket.
    internal override bool IsAlreadySo(Ticket ticket) => ticket.SnoozedUntil == Until;

    internal override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        SnoozeTicket.RequireMaySnooze(actor);
        ticket.Snooze(Until, Reason, actor, now);
    }

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken)
    {
        SnoozeTicket.Check(Until, Reason, now);
        return Task.CompletedTask;
    }
}

/// <param name="IsTrashed">True throws away, false takes back.</param>
public sealed record TrashChange(bool IsTrashed) : TicketChange
{
    public override bool IsAboutTrash => true;

    internal override TicketChange Present(Ticket ticket) => new TrashChange(ticket.DeletedAt is not null);

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
