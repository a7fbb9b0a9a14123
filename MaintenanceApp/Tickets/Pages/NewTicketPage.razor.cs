using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>A new ticket. What is typed is kept in the browser until the ticket exists.</summary>
public sealed partial class NewTicketPage
{
    /// <summary>As many machines as a phone shows before « the others ».</summary>
    private const int PhoneMachines = 6;

    private readonly HashSet<NewTicketField> checkedFields = [];
    private NewTicketForm form = new();
    private IReadOnlyList<MachineRow> machines = [];
    private IReadOnlyList<PersonRow> people = [];
    private IJSObjectReference? draft;
    private ElementReference formElement;
    private ElementReference titleInput;
    private Actor? actor;
    private string? problem;
    private bool areAllShown;
    private bool isRestored;
    private bool isSaving;

    /// <summary>Chosen beforehand, from a machine's page or its QR code; one that does not exist is left out.</summary>
    [SupplyParameterFromQuery]
    public int? Machine { get; set; }

    /// <summary>Typed beforehand.</summary>
    [SupplyParameterFromQuery]
    public string? Title { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string DraftKey => $"draft.new-ticket.{actor?.UserId}";

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (draft?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        actor = Actor.From((await Authentication).User);
        machines = await Machines.ListAsync(CancellationToken.None);
        people = await People.PeopleAsync(CancellationToken.None);
        Prefill();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        draft = await Browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/draft.js"]}");
        if (string.IsNullOrWhiteSpace(Title) && await draft.InvokeAsync<Dictionary<string, string>?>("read", DraftKey) is { } kept)
        {
            form.Restore(kept);
            isRestored = true;
            StateHasChanged();
        }

        await draft.InvokeVoidAsync("keep", formElement, DraftKey);
        await draft.InvokeVoidAsync("focusFirst", titleInput);
    }

    private void Prefill()
    {
        form.Title = Title?.Trim() is { } title ? title[..Math.Min(title.Length, Ticket.TitleMaxLength)] : "";
        form.MachineId = machines.Any(machine => machine.Id == Machine) ? Machine : null;
        areAllShown = machines.Select(machine => machine.Id).Skip(PhoneMachines).Contains(form.MachineId ?? 0);
    }

    // An empty field that was only passed through is not an error yet.
    private void Check(NewTicketField field)
    {
        var isPassedThrough = (field == NewTicketField.Title && form.Title == "") || (field == NewTicketField.Description && form.Description == "");
        if (!isPassedThrough)
        {
            checkedFields.Add(field);
        }
    }

    private string? Sentence(NewTicketField field) =>
        checkedFields.Contains(field) && form.Problem(field, Clock, Dates) is { } key ? L[key].Value : null;

    private string? Invalid(NewTicketField field) => Sentence(field) is null ? null : "true";

    private void PickMachine(int id)
    {
        form.MachineId = id;
        Check(NewTicketField.Machine);
    }

    private Task KeyAsync(KeyboardEventArgs key) =>
        key is { Key: "Enter" } && (key.CtrlKey || key.MetaKey) ? SaveAsync(again: false) : Task.CompletedTask;

    private async Task SaveAsync(bool again)
    {
        if (isSaving)
        {
            return;
        }

        checkedFields.UnionWith(Enum.GetValues<NewTicketField>());
        problem = null;
        if (Enum.GetValues<NewTicketField>().Any(field => form.Problem(field, Clock, Dates) is not null))
        {
            areAllShown = true;
            StateHasChanged();

            // The errors are drawn before the first of them is looked for.
            await Task.Yield();
            await (draft?.InvokeVoidAsync("focusError", formElement) ?? ValueTask.CompletedTask);
            return;
        }

        isSaving = true;
        try
        {
            var created = await Create.ExecuteAsync(actor!, form.Request(Clock, Dates), CancellationToken.None);
            await (draft?.InvokeVoidAsync("clear", DraftKey) ?? ValueTask.CompletedTask);
            Toasts.Show(L["DoneCreated", created.TicketId], href: TicketUrl.Of(created.TicketId));
            if (again)
            {
                await StartAgainAsync();
            }
            else
            {
                Navigation.NavigateTo(Machine is null ? TicketUrl.List : $"/machines/{Machine}");
            }
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            problem = Errors.Sentence(exception);
        }
        finally
        {
            isSaving = false;
        }
    }

    private async Task DiscardAsync()
    {
        await (draft?.InvokeVoidAsync("clear", DraftKey) ?? ValueTask.CompletedTask);
        await StartAgainAsync();
    }

    private async Task StartAgainAsync()
    {
        form = new NewTicketForm();
        checkedFields.Clear();
        isRestored = false;
        Prefill();
        await titleInput.FocusAsync();
    }
}
