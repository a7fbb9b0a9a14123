using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Every choice is saved at once, with a way back in the toast.</summary>
public sealed partial class PlanDialog
{
    public async Task OpenAsync()
    {
        (isOpen, typed) = (true, TicketDay.Of(Clock, Ticket.ScheduledDate));
        StateHasChanged();
        await Task.Yield();
        await Browser.InvokeVoidAsync("maintenance.openDialog", element);
    }

    private static string Pressed(bool isChosen) => isChosen ? "true" : "false";

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("maintenance.closeDialog", element);

    private Task<bool> AssignAsync(int person) =>
        Session.AssignAsync(person, S.Assignee(person, People.FirstOrDefault(row => row.Id == person)?.FullName));

    private Task ChooseAsync(ChangeEventArgs change) =>
        int.TryParse((string?)change.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? AssignAsync(person) : Task.CompletedTask;

    private async Task TypeAsync(TicketDay day)
    {
        typed = day;
        if (day.TryRead(Clock, Dates, out var due) && due is not null)
        {
            await PlanAsync(due.Value);
        }
    }

    private async Task PlanAsync(DateTime due)
    {
        if (await Session.RescheduleAsync(due, Instants.Compact(due, Clock.UtcNow, withTime: !TicketDay.IsWhole(Clock, due))))
        {
            typed = TicketDay.Of(Clock, due);
        }
    }
}
