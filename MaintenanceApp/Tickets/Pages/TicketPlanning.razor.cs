using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Assignee and date. What is being typed is not overwritten when the ticket changes elsewhere.</summary>
public sealed partial class TicketPlanning
{
    private DayField? dayField;
    private TicketDay shown = TicketDay.None;
    private TicketDay typed = TicketDay.None;
    private string? error;

    [Parameter, EditorRequired]
    public required TicketSession Session { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    private TicketRow Ticket => Session.Ticket;

    public async Task FocusDateAsync() => await (dayField?.FocusAsync() ?? ValueTask.CompletedTask);

    protected override void OnParametersSet()
    {
        var isTyping = typed != shown;
        shown = TicketDay.Of(Clock, Ticket.ScheduledDate);
        typed = isTyping ? typed : shown;
    }

    private Task<bool> AssignAsync(ChangeEventArgs change)
    {
        int? assignee = int.TryParse((string?)change.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return Session.AssignAsync(assignee, S.Assignee(assignee, People.FirstOrDefault(person => person.Id == assignee)?.FullName));
    }

    private async Task SaveDateAsync()
    {
        error = typed.TryRead(Clock, Dates, out var due) ? null : L["DateInvalid"].Value;
        if (error is null)
        {
            await RescheduleAsync(due);
        }
    }

    private Task PickAsync(DateOnly day) => RescheduleAsync(Dates.EndOf(day));

    private async Task RescheduleAsync(DateTime? due)
    {
        error = null;
        await Session.RescheduleAsync(due, due is { } at ? Instants.Compact(at, Clock.UtcNow, withTime: !TicketDay.IsWhole(Clock, at)) : "");
        if (Session.Problem is null)
        {
            typed = shown = TicketDay.Of(Clock, Ticket.ScheduledDate);
        }
    }
}
