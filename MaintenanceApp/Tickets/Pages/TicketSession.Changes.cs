using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>What can be done to the open ticket.</summary>
public sealed partial class TicketSession
{
    public Task<bool> MoveAsync(TicketStatus status) => ChangeAsync(
        TicketArea.Status, now => now.Ticket.Status, status, commands.Move, texts["DoneStatus", shared[$"Status{status}"]], shared[$"Status{status}"]);

    public Task<bool> PrioritizeAsync(TicketPriority priority) => ChangeAsync(
        TicketArea.Priority, now => now.Ticket.Priority, priority, commands.Prioritize, texts["DonePriority", shared[$"Priority{priority}"]], shared[$"Priority{priority}"]);

    /// <param name="assignee">Null = nobody, 0 = the team.</param>
    /// <param name="name">For the sentence.</param>
    public Task<bool> AssignAsync(int? assignee, string? name) => ChangeAsync(
        TicketArea.Assignee,
        now => now.Ticket.AssignedTo,
        assignee,
        commands.Assign,
        name is null ? texts["DoneUnassigned"] : texts["DoneAssigned", name],
        name ?? texts["NobodyYet"]);

    /// <param name="due">UTC; null takes the date away.</param>
    /// <param name="words">For the sentence.</param>
    public Task<bool> RescheduleAsync(DateTime? due, string words) => ChangeAsync(
        TicketArea.Date,
        now => now.Ticket.ScheduledDate,
        due,
        commands.Reschedule,
        due is null ? texts["DoneUnplanned"] : texts["DonePlanned", words],
        due is null ? shared["NoDueDate"] : words);

    /// <param name="until">UTC; null lets it notify again.</param>
    /// <param name="reason">Required with <paramref name="until"/>.</param>
    /// <param name="words">For the sentence.</param>
    public Task<bool> SnoozeAsync(DateTime? until, string? reason, string words) => ChangeAsync(
        TicketArea.Snooze,
        now => now.Ticket.SnoozedUntil,
        until,
        (actor, now, value) => commands.Snooze(actor, now, value, reason ?? texts["TakenBack"]),
        until is null ? texts["DoneAwake"] : texts["DoneSnoozed", words],
        until is null ? texts["DoneAwake"] : words);

    /// <param name="machineId">The machine.</param>
    /// <param name="name">For the sentence.</param>
    public Task<bool> ChangeMachineAsync(int machineId, string name) => ChangeAsync(
        TicketArea.Machine, now => now.Ticket.MachineId, machineId, commands.MoveToMachine, texts["DoneEdited"], name);

    /// <param name="seen">The ticket as it was when typing began.</param>
    /// <param name="title">As typed.</param>
    public Task<bool> RetitleAsync(TicketDetail seen, string title) => ChangeAsync(
        TicketArea.Title, now => now.Ticket.Title, title.Trim(), commands.Retitle, texts["DoneEdited"], title.Trim(), seen);

    /// <param name="seen">The ticket as it was when typing began.</param>
    /// <param name="description">As typed.</param>
    public Task<bool> DescribeAsync(TicketDetail seen, string description) => ChangeAsync(
        TicketArea.Description, now => now.Ticket.Description, description.Trim(), commands.Describe, texts["DoneEdited"], description.Trim(), seen);

    /// <param name="seen">The ticket as it was when typing began.</param>
    /// <param name="reporter">As typed; blank = the account's own name.</param>
    public Task<bool> NameReporterAsync(TicketDetail seen, string reporter) => ChangeAsync(
        TicketArea.Reporter, now => now.OriginalReporterName, Blank.ToNull(reporter), commands.NameReporter, texts["DoneEdited"], reporter.Trim(), seen);

    public Task<bool> CommentAsync(string comment) => RunAsync(TicketArea.Comment, (actor, now) => commands.Comment(actor, now, comment));

    public async Task TrashAsync()
    {
        if (await RunAsync(TicketArea.Trash, commands.Trash))
        {
            toasts.Show(texts["DoneTrashed"], RestoreAsync);
        }
    }

    public async Task RestoreAsync()
    {
        if (await RunAsync(TicketArea.Trash, commands.Restore))
        {
            toasts.Show(texts["DoneRestored"]);
        }
    }
}
