using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The use cases as the ticket's page calls them: on a row as it was seen, with a value.</summary>
public sealed class TicketCommands(
    EditTicket edit, AssignTicket assign, RescheduleTicket reschedule, ChangeTicketStatus move, CommentOnTicket comment, SnoozeTicket snooze, TrashTicket trash)
{
    public Task<bool> Move(Actor actor, TicketDetail seen, TicketStatus status) =>
        move.ExecuteAsync(actor, seen.Ticket.Id, new ChangeTicketStatusRequest { Status = status }, seen.Ticket.Version, CancellationToken.None);

    public Task<bool> Assign(Actor actor, TicketDetail seen, int? assignee) =>
        assign.ExecuteAsync(actor, seen.Ticket.Id, new AssignTicketRequest { AssignedTo = assignee }, seen.Ticket.Version, CancellationToken.None);

    /// <param name="actor">Who asks.</param>
    /// <param name="seen">The ticket as shown.</param>
    /// <param name="due">UTC.</param>
    public Task<bool> Reschedule(Actor actor, TicketDetail seen, DateTime? due) =>
        reschedule.ExecuteAsync(actor, seen.Ticket.Id, new RescheduleTicketRequest { ScheduledDate = Text.Of(due) }, seen.Ticket.Version, CancellationToken.None);

    public Task<bool> Snooze(Actor actor, TicketDetail seen, DateTime? until, string reason) =>
        snooze.ExecuteAsync(actor, seen.Ticket.Id, new SnoozeTicketRequest { Until = Text.Of(until), Reason = reason }, seen.Ticket.Version, CancellationToken.None);

    public Task<bool> Prioritize(Actor actor, TicketDetail seen, TicketPriority priority) => Edit(actor, seen, request => request.Priority = priority);

    public Task<bool> MoveToMachine(Actor actor, TicketDetail seen, int? machineId) => Edit(actor, seen, request => request.MachineId = machineId);

    public Task<bool> Retitle(Actor actor, TicketDetail seen, string title) => Edit(actor, seen, request => request.Title = title);

    public Task<bool> Describe(Actor actor, TicketDetail seen, string description) => Edit(actor, seen, request => request.Description = description);

    /// <param name="actor">Who asks.</param>
    /// <param name="seen">The ticket as shown.</param>
    /// <param name="reporter">Null = the account's own name.</param>
    public Task<bool> NameReporter(Actor actor, TicketDetail seen, string? reporter) => Edit(actor, seen, request => request.ReporterName = reporter);

    public async Task<bool> Comment(Actor actor, TicketDetail seen, string words) =>
        await comment.ExecuteAsync(actor, seen.Ticket.Id, new CommentOnTicketRequest { Comment = words }, CancellationToken.None) is not null;

    public Task<bool> Trash(Actor actor, TicketDetail seen) => trash.ExecuteAsync(actor, seen.Ticket.Id, seen.Ticket.Version, CancellationToken.None);

    public Task<bool> Restore(Actor actor, TicketDetail seen) => trash.RestoreAsync(actor, seen.Ticket.Id, CancellationToken.None);

    private Task<bool> Edit(Actor actor, TicketDetail seen, Action<EditTicketRequest> change)
    {
        var request = new EditTicketRequest
        {
            Title = seen.Ticket.Title,
            Description = seen.Ticket.Description,
            MachineId = seen.Ticket.MachineId,
            ReporterName = seen.OriginalReporterName,
            Priority = seen.Ticket.Priority,
        };
        change(request);
        return edit.ExecuteAsync(actor, seen.Ticket.Id, request, seen.Ticket.Version, CancellationToken.None);
    }
}
