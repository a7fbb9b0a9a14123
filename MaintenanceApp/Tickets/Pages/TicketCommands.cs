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

    public Task<bool> Prioritize(Actor actor, TicketDetail seen, TicketPriority priority)
    {
        var request = TicketTextEdit.Start(seen).Over(seen);
        request.Priority = priority;
        return Edit(actor, seen, request);
    }

    public Task<bool> Edit(Actor actor, TicketDetail seen, EditTicketRequest request) =>
        edit.ExecuteAsync(actor, seen.Ticket.Id, request, seen.Ticket.Version, CancellationToken.None);

    public async Task<bool> Comment(Actor actor, TicketDetail seen, string words) =>
        await comment.ExecuteAsync(actor, seen.Ticket.Id, new CommentOnTicketRequest { Comment = words }, CancellationToken.None) is not null;

    public Task<bool> Trash(Actor actor, TicketDetail seen) => trash.ExecuteAsync(actor, seen.Ticket.Id, seen.Ticket.Version, CancellationToken.None);

    public Task<bool> Restore(Actor actor, TicketDetail seen) => trash.RestoreAsync(actor, seen.Ticket.Id, CancellationToken.None);
}
