using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Pages;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>What the pointer, the keys and the dialog do to a ticket. Each ends in one call of the use case.</summary>
public sealed partial class CalendarPage
{
    /// <summary>The browser says whether the window is as narrow as a phone.</summary>
    [JSInvokable]
    public Task SetPhoneAsync(bool isNarrow)
    {
        if (isPhone == isNarrow)
        {
            return Task.CompletedTask;
        }

        isPhone = isNarrow;
        return LoadAndShowAsync();
    }

    /// <summary>The pointer is on the calendar, or something is being dragged: nothing may move by itself.</summary>
    [JSInvokable]
    public Task HoldAsync(bool isOver)
    {
        isHeld = isOver;
        return !isHeld && isNewWaiting ? LoadAndShowAsync() : Task.CompletedTask;
    }

    /// <summary>A ticket was dropped on a cell.</summary>
    /// <param name="id">The row's id.</param>
    /// <param name="day"><c>yyyy-MM-dd</c>, local.</param>
    /// <param name="person">An id, <c>none</c>, or <c>keep</c> where the cell is a day only.</param>
    [JSInvokable]
    public async Task DropAsync(int id, string day, string person)
    {
        if (Find(id) is not { } entry
            || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !TryPerson(person, entry.AssignedTo, out var assignee))
        {
            return;
        }

        await PlanOrSayAsync(entry, new PlanChange(planDates.Move(entry.ScheduledDate, date), assignee));
    }

    /// <summary>Shift and an arrow on a ticket: a step to the side or up and down, as the mode draws it.</summary>
    [JSInvokable]
    public async Task StepAsync(int id, int across, int down)
    {
        if (main is null || Find(id) is not { ScheduledDate: { } due } entry || !main.MayMove)
        {
            return;
        }

        var days = main.Period.Mode switch
        {
            CalendarMode.Planner or CalendarMode.Week => across,
            CalendarMode.Month => across + (7 * down),
            CalendarMode.Agenda => down,
        };
        var assignee = entry.AssignedTo;
        if (main.Period.Mode == CalendarMode.Planner && down != 0)
        {
            var rows = main.Rows.Where(row => row.MayBeAssigned).ToList();
            assignee = rows[Math.Clamp(rows.FindIndex(row => row.Person == assignee) + down, 0, rows.Count - 1)].Person;
        }

        var day = DateOnly.FromDateTime(site.ToLocal(due)).AddDays(days);
        await PlanOrSayAsync(entry, new PlanChange(planDates.Move(due, day), assignee));
    }

    private static bool TryPerson(string word, int? present, out int? person)
    {
        person = word == "keep" ? present : null;
        if (word == "keep" || !AssigneeFilter.TryParse(word, out var filter) || filter is null || filter == AssigneeFilter.Mine || filter == AssigneeFilter.Left)
        {
            return word == "keep";
        }

        person = filter.UserId;
        return true;
    }

    private CalendarEntry? Find(int id) => main?.Content.Entries.FirstOrDefault(entry => entry.Entry.Id == id)?.Entry
        ?? main?.Tray.Groups.SelectMany(group => group.Entries).FirstOrDefault(entry => entry.Id == id);

    private async Task PlanOrSayAsync(CalendarEntry entry, PlanChange plan)
    {
        if (await PlanAsync(entry, plan) is { } refusal)
        {
            Toasts.Show(refusal);
        }
    }

    private async Task<string?> PlanAsync(CalendarEntry entry, PlanChange plan)
    {
        // Taking it back still works from the next page; there is then nothing here to draw.
        var refusal = await planning.ExecuteAsync(
            actor, entry, plan, () => load.Gone.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(LoadAndShowAsync));
        await LoadAndShowAsync();
        return refusal;
    }

    private Task AskAsync(PlanAsk ask) => planDialog?.OpenAsync(ask, PlanAsync) ?? Task.CompletedTask;

    private async Task AskFromTrayAsync(PlanAsk ask)
    {
        await CloseTrayAsync();
        await AskAsync(ask);
    }

    private async Task OpenTrayAsync()
    {
        isTrayOpen = true;
        StateHasChanged();
        await Task.Yield();
        await Browser.InvokeVoidAsync("maintenance.openDialog", trayDialog);
    }

    private async Task CloseTrayAsync()
    {
        isTrayOpen = false;
        await Browser.InvokeVoidAsync("maintenance.closeDialog", trayDialog);
    }

    /// <summary>Late tickets older than the days shown, for a phone that opens on today.</summary>
    private IReadOnlyList<PlacedEntry> Older(CalendarScene scene) => !scene.Period.Contains(scene.Today) || scene.Url.ByCompletion
        ? []
        :
        [
            .. scene.Tray.Groups.Where(group => group.Reason == TrayReason.Overdue)
                .SelectMany(group => group.Entries)
                .Select(entry => new PlacedEntry(entry, DateOnly.FromDateTime(site.ToLocal(entry.ScheduledDate!.Value)), entry.ScheduledDate.Value))
                .Where(entry => entry.Day < scene.Period.Start),
        ];

    private string Emptiness(CalendarScene scene) => TicketViewTabs.IsNarrowed(url.Filter) || url.Filter.View is not null ? T["NoResult"]
        : url.ByCompletion ? L["NothingFinished"]
        : scene.Tray.ToPlan > 0 ? L.Count("NothingPlannedOne", "NothingPlanned", scene.Tray.ToPlan)
        : L["NothingPlannedAtAll"];
}
