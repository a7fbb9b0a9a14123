using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Machines.Pages;

/// <summary>One machine: its state, its tickets, and the shortest way to report a problem.</summary>
public sealed partial class MachinePage(
    MachineQueries machines,
    MachineTicketCounts counts,
    TicketQueries ticketQueries,
    UpdateMachine update,
    DeleteMachine delete,
    MachineErrors errors,
    ToastMessages toasts,
    NavigationManager navigation,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<MachinePage> logger)
{
    private const int MostOpen = 100;
    private const int MostFinished = 5;

    private readonly PageLoad load = new(logger);
    private MachineRow? machine;
    private MachineTickets tickets = MachineTickets.None;
    private TicketResults? open;
    private TicketResults? finished;
    private MachineDialog? dialog;
    private ConfirmDialog? confirm;
    private LiveRefresh? refresh;
    private Actor? actor;
    private string? problem;
    private bool isLoaded;
    private int shownId;

    [Parameter]
    public int Id { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Name => MachineLabel.Of(machine!.MachineType, machine.Model) ?? machine.Name;

    private bool CanManage => actor?.Can(Permissions.ManageMachines) == true;

    public void Dispose()
    {
        refresh?.Dispose();
        load.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        actor ??= Actor.From((await Authentication).User);
        problem = null;
        if (shownId != Id)
        {
            // The last machine is not shown, nor its buttons, under the address of this one.
            (shownId, machine, isLoaded) = (Id, null, false);
        }

        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(live, clock, () => InvokeAsync(RefreshAsync), typeof(MachineChanged), typeof(TicketChanged));
        }
    }

    private Task LoadAsync() => load.RunAsync($"Showing machine {Id}", async gone =>
    {
        var found = await machines.FindAsync(Id, gone);
        if (found is null)
        {
            return () => (machine, isLoaded) = (null, true);
        }

        var counted = await counts.ReadAsync(gone);
        var toDo = await ticketQueries.ListAsync(
            new TicketFilter { View = TicketView.AllOpen, MachineId = Id, PageSize = MostOpen, Sort = [new TicketSort(TicketColumn.ScheduledDate), new TicketSort(TicketColumn.Priority, Descending: true)] },
            actor!.UserId,
            gone);
        var done = await ticketQueries.ListAsync(
            new TicketFilter { MachineId = Id, Statuses = TicketRules.FinishedStatuses, PageSize = MostFinished, Sort = [new TicketSort(TicketColumn.CompletedAt, Descending: true)] },
            actor.UserId,
            gone);
        return () => (machine, tickets, open, finished, isLoaded) = (found, counted.GetValueOrDefault(found.Id) ?? MachineTickets.None, toDo, done, true);
    });

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
        StateHasChanged();
    }

    private async Task SetStatusAsync(MachineStatus status)
    {
        var (id, before) = (machine!.Id, machine.Status);
        if (await TryAsync(() => ChangeAsync(id, status)))
        {
            toasts.Show(L[$"Now{status}"], () => UndoAsync(id, status, before));
        }
    }

    /// <summary>Whatever machine is open by then: the one that was changed goes back, unless somebody has changed it since.</summary>
    private async Task UndoAsync(int id, MachineStatus mine, MachineStatus before)
    {
        if ((await machines.FindAsync(id, CancellationToken.None))?.Status != mine)
        {
            throw new StaleRecordException();
        }

        await ChangeAsync(id, before);
    }

    private async Task ChangeAsync(int id, MachineStatus status)
    {
        // The state alone changes: what somebody else corrected meanwhile stays.
        if (await machines.FindAsync(id, CancellationToken.None) is { } current)
        {
            var request = MachineDialog.RequestOf(current);
            request.Status = status;
            await update.ExecuteAsync(actor!, id, request, current.Version, CancellationToken.None);
        }
    }

    private async Task EditAsync()
    {
        if (await dialog!.AskAsync(machine!, actor!) is not null)
        {
            toasts.Show(L["Saved"]);
            await load.RefreshAsync();
        }
    }

    private async Task DeleteAsync()
    {
        var name = Name;
        if (await confirm!.AskAsync(L["DeleteQuestion", name], L["DeleteEffect"], L["DeleteVerb"], danger: true)
            && await TryAsync(async () => await delete.ExecuteAsync(actor!, Id, CancellationToken.None)))
        {
            toasts.Show(L["Deleted", name]);
            navigation.NavigateTo(MachineListUrl.Path);
        }
    }

    private async Task<bool> TryAsync(Func<Task> action)
    {
        problem = null;
        try
        {
            await action();
            await load.RefreshAsync();
            return true;
        }
        catch (Exception exception) when (MachineErrors.IsExpected(exception))
        {
            problem = errors.Sentence(exception);
            return false;
        }
    }
}
