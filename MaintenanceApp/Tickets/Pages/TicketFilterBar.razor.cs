using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The search of the list, its chips, and on phones the sheet they are in.</summary>
public sealed partial class TicketFilterBar
{
    private ElementReference search;
    private ElementReference sheet;
    private bool isOpen;

    [Parameter, EditorRequired]
    public required TicketFilter Filter { get; set; }

    [Parameter]
    public EventCallback<TicketFilter> FilterChanged { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<MachineRow> Machines { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    /// <summary>Rows found; null before the first answer.</summary>
    [Parameter]
    public int? Total { get; set; }

    /// <summary>What is being typed; the address follows.</summary>
    [Parameter]
    public string SearchText { get; set; } = "";

    [Parameter]
    public EventCallback<string> SearchTextTyped { get; set; }

    /// <summary>Where a filter leads: the list, or another screen with the same filters.</summary>
    [Parameter]
    public Func<TicketFilter, string> Address { get; set; } = TicketListUrl.Of;

    /// <summary>False on screens that place the tickets by their date or status themselves: no choice of dates and of order.</summary>
    [Parameter]
    public bool HasOrder { get; set; } = true;

    private int ChosenCount =>
        (Filter.Statuses.Count > 0 ? 1 : 0) + (Filter.Priorities.Count > 0 ? 1 : 0) + (Filter.MachineId is null ? 0 : 1)
        + (Filter.Assignee is null ? 0 : 1) + (Filter.Due is null && Filter.DueBetween is null ? 0 : 1)
        + (Filter.Created is null && Filter.CreatedBetween is null ? 0 : 1) + (Filter.Reporter is null ? 0 : 1)
        + (Filter.Notified is null ? 0 : 1) + (Filter.IsAcknowledged is null ? 0 : 1);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The magnifier of the phone's top bar leads here.
        if (firstRender && Navigation.Uri.Contains("focus=search", StringComparison.Ordinal))
        {
            await search.FocusAsync();
        }
    }

    private async Task OpenSheetAsync()
    {
        isOpen = true;
        StateHasChanged();
        await Task.Yield();
        await Browser.InvokeVoidAsync("maintenance.openDialog", sheet);
    }

    private async Task CloseSheetAsync()
    {
        isOpen = false;
        await Browser.InvokeVoidAsync("maintenance.closeDialog", sheet);
    }
}
