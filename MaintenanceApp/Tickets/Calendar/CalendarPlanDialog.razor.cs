using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>Day, time and person in one form. Keeps what was typed when it is refused.</summary>
public sealed partial class CalendarPlanDialog(SiteClock clock, TicketDates dates, PlanSentences sentences, CalendarQueries queries)
{
    private ElementReference element;
    private CalendarEntry? entry;
    private Func<CalendarEntry, PlanChange, Task<string?>>? save;
    private DateTime? lastNotified;
    private TicketDay typed = TicketDay.None;
    private string person = "";
    private string? problem;
    private bool isPersonFirst;
    private bool isSaving;

    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    private IEnumerable<(DateOnly Day, string Name)> QuickDays =>
    [
        (clock.Today, T["Today"]),
        (clock.Today.AddDays(1), T["Tomorrow"]),
        (TicketDay.NextMonday(clock.Today), T["Monday"]),
    ];

    private int? Person => int.TryParse(person, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private string Forecast => typed.TryRead(clock, dates, out var due) && entry is not null
        ? sentences.Rearmed(entry, new PlanChange(due, Person), lastNotified)
        : T["DateInvalid"];

    /// <param name="ask">Which ticket, and which field comes first.</param>
    /// <param name="save">Plans it; gives the reason of a refusal, or null.</param>
    public async Task OpenAsync(PlanAsk ask, Func<CalendarEntry, PlanChange, Task<string?>> save)
    {
        lastNotified = await queries.LastNotifiedAsync(ask.Entry.Id, CancellationToken.None);
        (entry, this.save, isPersonFirst, problem) = (ask.Entry, save, ask.IsPerson, null);
        typed = TicketDay.Of(clock, entry.ScheduledDate);
        person = Text.Of(entry.AssignedTo) ?? "";
        StateHasChanged();
        await Task.Yield();
        await OpenChanged.InvokeAsync(true);
        await Browser.InvokeVoidAsync("maintenance.openDialog", element);
    }

    private void Pick(DateOnly day) => typed = typed with { Day = TicketDay.Of(day).Day };

    private async Task SaveAsync()
    {
        if (isSaving || entry is null || save is null)
        {
            return;
        }

        if (!typed.TryRead(clock, dates, out var due))
        {
            problem = T["DateInvalid"];
            return;
        }

        // What was not touched stays exactly as it is stored.
        var isSameDate = typed == TicketDay.Of(clock, entry.ScheduledDate);
        isSaving = true;
        problem = await save(entry, new PlanChange(isSameDate ? entry.ScheduledDate : due, Person));
        isSaving = false;
        if (problem is null)
        {
            await CloseAsync();
        }
    }

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("maintenance.closeDialog", element);

    private Task Closed()
    {
        entry = null;
        return OpenChanged.InvokeAsync(false);
    }
}
