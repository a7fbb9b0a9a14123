using System.Data.Common;
using MaintenanceApp.Components;
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

    private readonly CancellationTokenSource gone = new();
    private MachineRow? machine;
    private MachineTickets tickets = MachineTickets.None;
    private TicketResults? open;
    private TicketResults? finished;
    private MachineDialog? dialog;
    private ConfirmDialog? confirm;
    private LiveRefresh? refresh;
    private Actor? actor;
    private string? problem;
    private string? errorReference;
    private bool isLoaded;

    [Parameter]
    public int Id { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Name => MachineLabel.Of(machine!.MachineType, machine.Model) ?? machine.Name;

    private bool CanManage => actor?.Can(Permissions.ManageMachines) == true;

    public void Dispose()
    {
        refresh?.Dispose();
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        actor ??= Actor.From((await Authentication).User);
        problem = null;
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(live, clock, () => InvokeAsync(RefreshAsync), typeof(MachineChanged), typeof(TicketChanged));
        }
    }

    private async Task LoadAsync()
    {
        errorReference = null;
        try
        {
            machine = await machines.FindAsync(Id, gone.Token);
            if (machine is not null)
            {
                tickets = (await counts.ReadAsync(gone.Token)).GetValueOrDefault(Id) ?? MachineTickets.None;
                open = await ticketQueries.ListAsync(
                    new TicketFilter { View = TicketView.AllOpen, MachineId = Id, PageSize = MostOpen, Sort = [new TicketSort(TicketColumn.ScheduledDate), new TicketSort(TicketColumn.Priority, Descending: true)] },
                    actor!.UserId,
                    gone.Token);
                finished = await ticketQueries.ListAsync(
                    new TicketFilter { MachineId = Id, Statuses = [TicketStatus.Completed, TicketStatus.Archived], PageSize = MostFinished, Sort = [new TicketSort(TicketColumn.CompletedAt, Descending: true)] },
                    actor.UserId,
                    gone.Token);
            }

            isLoaded = true;
        }
        catch (DbException exception)
        {
            errorReference = Guid.NewGuid().ToString("N")[..8];
            LogFailed(logger, Id, errorReference, exception);
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task SetStatusAsync(MachineStatus status)
    {
        var before = machine!.Status;
        if (await TryAsync(() => ChangeAsync(status)))
        {
            toasts.Show(L[$"Now{status}"], async () => await TryAsync(() => ChangeAsync(before)));
        }
    }

    private async Task ChangeAsync(MachineStatus status)
    {
        // The state alone changes: what somebody else corrected meanwhile stays.
        if (await machines.FindAsync(Id, CancellationToken.None) is { } current)
        {
            var request = MachineDialog.RequestOf(current);
            request.Status = status;
            await update.ExecuteAsync(actor!, Id, request, current.Version, CancellationToken.None);
        }
    }

    private async Task EditAsync()
    {
        if (await dialog!.AskAsync(machine!, actor!) is not null)
        {
            toasts.Show(L["Saved"]);
            await LoadAsync();
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
            await LoadAsync();
            return true;
        }
        catch (Exception exception) when (MachineErrors.IsExpected(exception))
        {
            problem = errors.Sentence(exception);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Machine {Id} could not be shown, reference {Reference}")]
    private static partial void LogFailed(ILogger logger, int id, string reference, Exception exception);
}
