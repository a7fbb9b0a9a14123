using MaintenanceApp.Data;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Overdue;

/// <summary>What the payload needs of a ticket, read in one query. Instants are UTC.</summary>
public sealed record OverdueTicket
{
    public required int Id { get; init; }

    public required string TicketId { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required TicketPriority Priority { get; init; }

    public required TicketStatus Status { get; init; }

    public required string? MachineType { get; init; }

    public required string? MachineModel { get; init; }

    public required DateTime? ScheduledDate { get; init; }

    public required DateTime? SnoozedUntil { get; init; }

    public required DateTime? DeletedAt { get; init; }

    public required int? AssignedTo { get; init; }

    /// <summary>The name of the account, null when it no longer exists.</summary>
    public required string? AssigneeAccount { get; init; }

    /// <summary>The name imported with the ticket.</summary>
    public required string? AssigneeName { get; init; }

    /// <summary>The name typed at the machine.</summary>
    public required string? ReporterName { get; init; }

    public required string? ReporterAccount { get; init; }

    public required DateTime CreatedAt { get; init; }

    public static IQueryable<OverdueTicket> From(AppDb db, IQueryable<Ticket> tickets) => tickets.Select(ticket => new OverdueTicket
    {
        Id = ticket.Id,
        TicketId = ticket.TicketId,
        Title = ticket.Title,
        Description = ticket.Description,
        Priority = ticket.Priority,
        Status = ticket.Status,
        MachineType = ticket.Machine!.MachineType,
        MachineModel = ticket.Machine!.Model,
        ScheduledDate = ticket.ScheduledDate,
        SnoozedUntil = ticket.SnoozedUntil,
        DeletedAt = ticket.DeletedAt,
        AssignedTo = ticket.AssignedTo,
        AssigneeAccount = db.Users.Where(user => user.Id == ticket.AssignedTo).Select(user => user.FullName).FirstOrDefault(),
        AssigneeName = ticket.AssigneeName,
        ReporterName = ticket.ReporterName,
        ReporterAccount = db.Users.Where(user => user.Id == ticket.ReportedBy).Select(user => user.FullName).FirstOrDefault(),
        CreatedAt = ticket.CreatedAt,
    });
}
