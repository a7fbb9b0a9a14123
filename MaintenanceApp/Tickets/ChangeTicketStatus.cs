using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

public sealed class ChangeTicketStatusRequest
{
    [Required(ErrorMessage = "Statut requis")]
    [EnumDataType(typeof(TicketStatus), ErrorMessage = "Statut inconnu")]
    public TicketStatus? Status { get; set; }

    /// <summary>Optional; shown in the timeline with the move, such as the part awaited or the solution.</summary>
    [StringLength(TicketComment.MaxLength, ErrorMessage = "La note doit avoir au plus {1} caractères")]
    public string? Note { get; set; }
}

/// <summary>Moves a ticket to another column of the board; every move is allowed, back as well.</summary>
public sealed class ChangeTicketStatus(TicketChanges changes)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not work on tickets.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, ChangeTicketStatusRequest request, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.WorkOnTickets);
        return changes.ApplyAsync(ticketId, expectedVersion, (ticket, now) => ticket.MoveTo(request.Status!.Value, actor, now, request.Note), cancellationToken);
    }
}
