using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>
/// What to change; a field left out stays as it is. Null clears <see cref="AssignedTo"/>, <see cref="ScheduledDate"/> and
/// <see cref="ReporterName"/> and is refused for the others.
/// </summary>
public sealed class PatchTicketRequest : IValidatableObject
{
    private readonly HashSet<string> given = [];

    [StringLength(Ticket.TitleMaxLength, MinimumLength = Ticket.TitleMinLength, ErrorMessage = "Le titre doit avoir de {2} à {1} caractères")]
    public string? Title { get; set => field = Given(nameof(Title), TypedText.OneLine(value)); }

    [StringLength(Ticket.DescriptionMaxLength, MinimumLength = Ticket.DescriptionMinLength, ErrorMessage = "La description doit avoir de {2} à {1} caractères")]
    public string? Description { get; set => field = Given(nameof(Description), TypedText.Lines(value)); }

    [Range(1, int.MaxValue, ErrorMessage = "Machine requise")]
    public int? MachineId { get; set => field = Given(nameof(MachineId), value); }

    public TicketPriority? Priority { get; set => field = Given(nameof(Priority), value); }

    [StringLength(Ticket.NameMaxLength, ErrorMessage = "Le nom du demandeur doit avoir au plus {1} caractères")]
    public string? ReporterName { get; set => field = Given(nameof(ReporterName), TypedText.OneLine(value)); }

    public TicketStatus? Status { get; set => field = Given(nameof(Status), value); }

    /// <summary>Null = nobody, 0 = the whole team.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "Personne inconnue")]
    public int? AssignedTo { get; set => field = Given(nameof(AssignedTo), value); }

    /// <summary>As <see cref="TicketDates"/> reads it; null or blank = not planned.</summary>
    [ScheduledDate]
    public string? ScheduledDate { get; set => field = Given(nameof(ScheduledDate), value); }

    /// <summary>The version the caller saw; null = whatever it is now.</summary>
    public int? Version { get; set; }

    /// <summary>Whether the caller named the property, with a value or with null.</summary>
    public bool Gives(string property) => given.Contains(property);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Property, string Field, bool IsMissing)[] required =
        [
            (nameof(Title), "title", Title is null),
            (nameof(Description), "description", Description is null),
            (nameof(MachineId), "machine_id", MachineId is null),
            (nameof(Priority), "priority", Priority is null),
            (nameof(Status), "status", Status is null),
        ];
        return required
            .Where(field => field.IsMissing && Gives(field.Property))
            .Select(field => new ValidationResult($"Champ « {field.Field} » : null n’est pas permis", [field.Property]));
    }

    private T Given<T>(string property, T value)
    {
        given.Add(property);
        return value;
    }
}

/// <summary>Changes only the fields given, all of them or none; each asks for the permission of its own use case.</summary>
public sealed class PatchTicket(TicketChanges changes, TicketDates dates)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not make one of the changes; a field given with its present value is none.</exception>
    /// <exception cref="InvalidInputException">Unknown machine or person.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public Task<bool> ExecuteAsync(Actor actor, int ticketId, PatchTicketRequest request, CancellationToken cancellationToken) =>
        changes.ApplyAsync(
            ticketId,
            request.Version,
            async (db, ticket, now) =>
            {
                await EditAsync(db, ticket, request, actor, now, cancellationToken);
                if (request.Gives(nameof(request.AssignedTo)) && request.AssignedTo != ticket.AssignedTo)
                {
                    actor.Require(Permissions.PlanTickets);
                    await TicketReferences.RequireAssignableAsync(db, request.AssignedTo, cancellationToken);
                    ticket.Assign(request.AssignedTo, actor, now);
                }

                if (request.Gives(nameof(request.ScheduledDate)) && dates.Parse(request.ScheduledDate) is var scheduledDate && scheduledDate != ticket.ScheduledDate)
                {
                    actor.Require(Permissions.PlanTickets);
                    ticket.Reschedule(scheduledDate, actor, now);
                }

                if (request.Status is { } status && status != ticket.Status)
                {
                    actor.Require(Permissions.WorkOnTickets);
                    ticket.MoveTo(status, actor, now);
                }
            },
            cancellationToken);

    private static async Task EditAsync(
        AppDb db, Ticket ticket, PatchTicketRequest request, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var (title, description) = (request.Title ?? ticket.Title, request.Description ?? ticket.Description);
        var (machineId, priority) = (request.MachineId ?? ticket.MachineId, request.Priority ?? ticket.Priority);
        var reporterName = request.Gives(nameof(request.ReporterName)) ? Blank.ToNull(request.ReporterName) : ticket.ReporterName;
        if ((title, description, machineId, priority, reporterName)
            == (ticket.Title, ticket.Description, ticket.MachineId, ticket.Priority, ticket.ReporterName))
        {
            return;
        }

        EditTicket.RequireMayEdit(actor, ticket.ReportedBy);
        if (machineId is { } wanted && wanted != ticket.MachineId)
        {
            await TicketReferences.MachineAsync(db, wanted, cancellationToken);
        }

        ticket.Edit(title, description, machineId, priority, reporterName, actor, now);
    }
}
