using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>What a ticket says; its status, assignee and date have use cases of their own.</summary>
public sealed class EditTicketRequest
{
    [Required(ErrorMessage = "Titre requis")]
    [StringLength(Ticket.TitleMaxLength, MinimumLength = Ticket.TitleMinLength, ErrorMessage = "Le titre doit avoir de {2} à {1} caractères")]
    public string? Title { get; set => field = TypedText.OneLine(value); }

    [Required(ErrorMessage = "Description requise")]
    [StringLength(Ticket.DescriptionMaxLength, MinimumLength = Ticket.DescriptionMinLength, ErrorMessage = "La description doit avoir de {2} à {1} caractères")]
    public string? Description { get; set => field = TypedText.Lines(value); }

    /// <summary>Null only for imported tickets whose machine no longer exists.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Machine requise")]
    public int? MachineId { get; set; }

    [EnumDataType(typeof(TicketPriority), ErrorMessage = "Priorité inconnue")]
    public TicketPriority Priority { get; set; } = TicketPriority.Medium;

    [StringLength(Ticket.NameMaxLength, ErrorMessage = "Le nom du demandeur doit avoir au plus {1} caractères")]
    public string? ReporterName { get; set => field = TypedText.OneLine(value); }
}

/// <summary>Corrects a ticket: any with <see cref="Permissions.EditTickets"/>, one's own with <see cref="Permissions.EditOwnTickets"/>.</summary>
public sealed class EditTicket(TicketChanges changes)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">Neither permission applies.</exception>
    /// <exception cref="InvalidInputException">Unknown machine.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, EditTicketRequest request, int? expectedVersion, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            ticketId,
            expectedVersion,
            async (db, ticket, now) =>
            {
                RequireMayEdit(actor, ticket.ReportedBy);
                if (request.MachineId is { } machineId && machineId != ticket.MachineId)
                {
                    await TicketReferences.MachineAsync(db, machineId, cancellationToken);
                }

                ticket.Edit(request.Title!, request.Description!, request.MachineId ?? ticket.MachineId, request.Priority, request.ReporterName, actor, now);
            },
            cancellationToken);

    /// <summary>For pages: whether to offer the form.</summary>
    /// <param name="actor">Who would edit.</param>
    /// <param name="reportedBy">The ticket's <see cref="Ticket.ReportedBy"/>.</param>
    public static bool MayEdit(Actor actor, int reportedBy) =>
        actor.Can(Permissions.EditTickets) || (reportedBy == actor.UserId && actor.Can(Permissions.EditOwnTickets));

    /// <exception cref="ForbiddenException">Neither permission applies.</exception>
    internal static void RequireMayEdit(Actor actor, int reportedBy)
    {
        if (!MayEdit(actor, reportedBy))
        {
            throw new ForbiddenException(Permissions.EditTickets);
        }
    }
}
