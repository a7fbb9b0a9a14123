using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>A new ticket. What is typed is kept in the browser until the ticket exists.</summary>
public sealed partial class NewTicketPage
{
    private readonly HashSet<NewTicketField> checkedFields = [];
    private NewTicketForm form = new();
    private IReadOnlyList<MachineRow> machines = [];
    private IReadOnlyList<PersonRow> people = [];
    private IReadOnlyList<SimilarTicket> similar = [];
    private IJSObjectReference? draft;
    private ElementReference formElement;
    private ElementReference titleInput;
    private FileChooser? files;
    private Actor? actor;
    private string? problem;
    private bool isRestored;
    private bool isSaving;
    private bool isLooking;
    private bool hasChangedSince;

    /// <summary>Chosen beforehand, from a machine's page or its QR code; one that does not exist is left out.</summary>
    [SupplyParameterFromQuery]
    public int? Machine { get; set; }

    /// <summary>Typed beforehand.</summary>
    [SupplyParameterFromQuery]
    public string? Title { get; set; }

    /// <summary>Chosen beforehand, such as <c>critical</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Priority { get; set; }

    /// <summary>Where to go afterwards; an address of this site.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string DraftKey => $"draft.new-ticket.{actor?.UserId}";

    private string Back => TicketOrigin.LocalOrNull(From) ?? (Machine is null ? TicketUrl.List : $"/machines/{Machine}");

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
        var all = await Machines.ListAsync(CancellationToken.None);
        var recent = (await Asked.RecentMachinesAsync(actor.UserId, CancellationToken.None)).ToList();
        machines = [.. all.OrderBy(machine => recent.IndexOf(machine.Id) is >= 0 and var place ? place : int.MaxValue)];
        people = await People.PeopleAsync(CancellationToken.None);
        Prefill();
        await LookForSimilarAsync();
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
            await LookForSimilarAsync();
            StateHasChanged();
        }

        await draft.InvokeVoidAsync("keep", formElement, DraftKey);
        await draft.InvokeVoidAsync("focusFirst", titleInput);
    }

    private void Prefill()
    {
        form.Title = Title?.Trim() is { } title ? title[..Math.Min(title.Length, Ticket.TitleMaxLength)] : "";
        form.MachineId = machines.Any(machine => machine.Id == Machine) ? Machine : null;
        form.Priority = Data.Snake.TryParse<TicketPriority>(Priority, out var priority) ? priority : TicketPriority.Medium;
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

    private Task PickMachineAsync(int id)
    {
        form.MachineId = id;
        Check(NewTicketField.Machine);
        return LookForSimilarAsync();
    }

    /// <summary>One question at a time: what is typed while it is asked is asked afterwards.</summary>
    private async Task LookForSimilarAsync()
    {
        hasChangedSince = true;
        if (isLooking)
        {
            return;
        }

        isLooking = true;
        try
        {
            while (hasChangedSince)
            {
                hasChangedSince = false;
                similar = form.MachineId is { } machine ? await Asked.SimilarAsync(machine, form.Title, CancellationToken.None) : [];
            }
        }
        catch (Exception exception) when (Data.DatabaseFailure.IsFrom(exception))
        {
            // A hint that cannot be given is no reason to disturb whoever is typing; the next key asks again.
            LogNoHint(Logger, exception);
        }
        finally
        {
            isLooking = false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Similar tickets could not be looked for")]
    private static partial void LogNoHint(ILogger logger, Exception exception);

    private async Task CommentInsteadAsync(SimilarTicket ticket)
    {
        var words = string.Join("\n\n", new[] { form.Title.Trim(), form.Description.Trim() }.Where(text => text.Length > 0));
        if (draft is not null)
        {
            await draft.InvokeVoidAsync("writeText", TextDraft.OfComment(ticket.Id, actor!), words);
            await draft.InvokeVoidAsync("clear", DraftKey);
        }

        Navigation.NavigateTo($"{TicketUrl.Of(ticket.TicketId)}#comment");
    }

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
            var missing = files is null ? 0 : await files.SendAsync($"/api/tickets/{created.Id}/files");
            Toasts.Show(
                L[missing == 0 ? "DoneCreated" : "DoneCreatedWithoutFiles", created.TicketId], () => WithdrawAsync(created), TicketUrl.Of(created.TicketId));
            if (again)
            {
                await StartAgainAsync();
            }
            else
            {
                Navigation.NavigateTo(Back);
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

    private async Task WithdrawAsync(CreatedTicket created)
    {
        try
        {
            await Trash.WithdrawAsync(actor!, created.Id, CancellationToken.None);
            Toasts.Show(L["Withdrawn", created.TicketId]);
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            Toasts.Show(Errors.Sentence(exception), href: TicketUrl.Of(created.TicketId));
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
        similar = [];
        await titleInput.FocusAsync();
    }
}
