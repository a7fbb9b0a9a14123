using MaintenanceApp.Components;
using MaintenanceApp.Machines;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MaintenanceApp.Tickets.Board;

/// <summary>Opens tickets one after the other; keeps what was typed when it is refused.</summary>
public sealed partial class BoardQuickAdd(CreateTicket create, ToastMessages toasts, TicketErrors errors)
{
    private ElementReference titleInput;
    private string title = "";
    private int machineId;
    private string? problem;
    private bool isChecked;
    private bool isSaving;
    private bool wasOpen;
    private bool wantsFocus;

    [Parameter, EditorRequired]
    public required IReadOnlyList<MachineRow> Machines { get; set; }

    /// <summary>Chosen beforehand: the board shows this machine only.</summary>
    [Parameter]
    public int? MachineId { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    [Parameter]
    public EventCallback OnCreated { get; set; }

    // The contract wants a description of every ticket; here the title says it all.
    private bool IsTitleMissing => isChecked && title.Trim().Length < Ticket.DescriptionMinLength;

    private bool IsMachineMissing => isChecked && machineId == 0;

    protected override void OnParametersSet()
    {
        if (IsOpen && !wasOpen)
        {
            (wantsFocus, machineId) = (true, MachineId ?? machineId);
        }

        wasOpen = IsOpen;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (wantsFocus)
        {
            wantsFocus = false;
            await titleInput.FocusAsync();
        }
    }

    private async Task SaveAsync()
    {
        (isChecked, problem) = (true, null);
        if (isSaving || IsTitleMissing || IsMachineMissing)
        {
            return;
        }

        isSaving = true;
        try
        {
            var request = new CreateTicketRequest { Title = title, Description = title, MachineId = machineId };
            var created = await create.ExecuteAsync(Actor, request, CancellationToken.None);
            (title, isChecked, wantsFocus) = ("", false, true);
            toasts.Show(L["QuickCreated", created.TicketId], href: TicketUrl.Of(created.TicketId));
            await OnCreated.InvokeAsync();
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            problem = errors.Sentence(exception);
        }
        finally
        {
            isSaving = false;
        }
    }

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? CloseAsync() : Task.CompletedTask;

    private Task CloseAsync()
    {
        (isChecked, problem) = (false, null);
        return IsOpenChanged.InvokeAsync(false);
    }
}
