using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>What was thrown away: back with one click, or gone for good for administrators. Search and page are in the address.</summary>
public sealed partial class TrashPage(
    TrashQueries trash, TrashTicket trashTicket, TrashExpiry expiry, TicketErrors errors, ToastMessages toasts, LiveUpdates live, TimeProvider clock, NavigationManager navigation)
{
    private TrashedTickets? found;
    private EraseDialog? dialog;
    private LiveRefresh? refresh;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>From 1; anything else is the first.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    public string? PageText { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private TrashExpiry Expiry => expiry;

    private string? Search => Blank.ToNull(Text);

    private int Page => int.TryParse(PageText, out var page) ? page : 1;

    public void Dispose() => refresh?.Dispose();

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender) =>
        refresh ??= LiveRefresh.Start(live, clock, () => InvokeAsync(LoadAsync), typeof(TicketChanged));

    private async Task LoadAsync()
    {
        var wanted = (Search, Page);
        var read = await trash.ListAsync(Search, Page, CancellationToken.None);
        if (wanted == (Search, Page))
        {
            found = read;
            StateHasChanged();
        }
    }

    private void Find(string? text) => navigation.NavigateTo(TicketUrl.TrashOf(Blank.ToNull(text), 1), replace: true);

    private async Task AskToEraseAsync(TrashedTicketRow row) => await dialog!.AskAsync(await ActorAsync(), row);

    private async Task AskToEmptyAsync() => await dialog!.AskAboutAllAsync(await ActorAsync());

    private async Task RestoreAsync(TrashedTicketRow row)
    {
        try
        {
            var exists = await trashTicket.RestoreAsync(await ActorAsync(), row.Id, CancellationToken.None);
            toasts.Show(exists ? L["DoneRestored"] : L["GoneMeanwhile"], href: exists ? TicketUrl.Of(row.TicketId) : null);
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            toasts.Show(errors.Sentence(exception));
        }

        await LoadAsync();
    }

    private async Task<Actor> ActorAsync() => Actor.From((await Authentication).User);
}
