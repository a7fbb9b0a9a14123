using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets.Change;

/// <summary>A change of what the ticket says, under the rights and the limits of <see cref="EditTicket"/>.</summary>
public abstract record TicketCorrection : TicketChange
{
    internal sealed override void Apply(Ticket ticket, Actor actor, DateTime now)
    {
        EditTicket.RequireMayEdit(actor, ticket.ReportedBy);
        var text = Correct(new TicketText(ticket.Title, ticket.Description, ticket.MachineId, ticket.Priority, ticket.ReporterName));
        ticket.Edit(text.Title, text.Description, text.MachineId, text.Priority, text.ReporterName, actor, now);
    }

    /// <summary>Puts the new value in; the rest stays as the ticket has it.</summary>
    private protected abstract TicketText Correct(TicketText text);

    /// <exception cref="InvalidInputException">The attributes of the request refuse the value.</exception>
    private protected static Task RequireValid(object? value, string property)
    {
        var problems = new List<ValidationResult>();
        return Validator.TryValidateProperty(value, new ValidationContext(new EditTicketRequest()) { MemberName = property }, problems)
            ? Task.CompletedTask
            : throw new InvalidInputException(property, problems[0].ErrorMessage!);
    }
}

/// <summary>What a ticket says beside its status, its plan and its comments.</summary>
internal sealed record TicketText(string Title, string Description, int? MachineId, TicketPriority Priority, string? ReporterName);

public sealed record PriorityChange(TicketPriority Priority) : TicketCorrection
{
    internal override TicketChange Present(Ticket ticket) => new PriorityChange(ticket.Priority);

    private protected override TicketText Correct(TicketText text) => text with { Priority = Priority };
}

/// <param name="MachineId">Null only for imported tickets whose machine no longer exists.</param>
public sealed record MachineChange(int? MachineId) : TicketCorrection
{
    internal override TicketChange Present(Ticket ticket) => new MachineChange(ticket.MachineId);

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken) =>
        MachineId is { } id ? TicketReferences.MachineAsync(db, id, cancellationToken) : Task.CompletedTask;

    private protected override TicketText Correct(TicketText text) => text with { MachineId = MachineId };
}

/// <param name="Title">As <see cref="EditTicketRequest.Title"/> keeps it.</param>
public sealed record TitleChange(string Title) : TicketCorrection
{
    internal override TicketChange Present(Ticket ticket) => new TitleChange(ticket.Title);

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken) =>
        RequireValid(Title, nameof(EditTicketRequest.Title));

    private protected override TicketText Correct(TicketText text) => text with { Title = Title };
}

/// <param name="Description">As <see cref="EditTicketRequest.Description"/> keeps it.</param>
public sealed record DescriptionChange(string Description) : TicketCorrection
{
    internal override TicketChange Present(Ticket ticket) => new DescriptionChange(ticket.Description);

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken) =>
        RequireValid(Description, nameof(EditTicketRequest.Description));

    private protected override TicketText Correct(TicketText text) => text with { Description = Description };
}

/// <param name="Name">Null = the account's own name.</param>
public sealed record ReporterChange(string? Name) : TicketCorrection
{
    internal override TicketChange Present(Ticket ticket) => new ReporterChange(ticket.ReporterName);

    internal override Task CheckAsync(AppDb db, TicketChange? from, DateTime now, CancellationToken cancellationToken) =>
        RequireValid(Name, nameof(EditTicketRequest.ReporterName));

    private protected override TicketText Correct(TicketText text) => text with { ReporterName = Name };
}
