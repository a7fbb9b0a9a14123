using MaintenanceApp.Components;
using MaintenanceApp.Tickets.DefaultViews;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>Saving, renaming and removing the views of one person. What was removed can be taken back for ten seconds.</summary>
public sealed partial class SavedViewTools(
    CreateSavedView create, ChangeSavedView change, DeleteSavedView delete, ChooseDefaultView choose, ToastMessages toasts, TicketErrors errors, NavigationManager navigation, IJSRuntime browser)
{
    private ElementReference element;
    private SavedViewRow? renamed;
    private string name = "";
    private bool isShared;
    private bool isAsking;
    private string? problem;

    [Parameter, EditorRequired]
    public required TicketListUrl Url { get; set; }

    [Parameter, EditorRequired]
    public required PersonViews Views { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>Where a view leads: the list, or another screen with the same views.</summary>
    [Parameter]
    public Func<TicketListUrl, string> Address { get; set; } = url => url.ToOpen(null);

    /// <summary>The views are to be read again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private SavedViewRow? Current => Views.Of(Url);

    private bool IsMine => Current?.OwnerId == Actor.UserId;

    private bool IsModified => Current is not null && Current.Query != Url.SavedQuery;

    private bool IsNarrowed => TicketViewTabs.IsNarrowed(Url.Filter) || Url.Filter.Sort.Count > 0 && !Url.Filter.Sort.SequenceEqual(TicketListUrl.UsualSort(Url.Filter.View));

    private async Task Ask(SavedViewRow? rename)
    {
        (renamed, name, isShared, problem, isAsking) = (rename, rename?.Name ?? "", rename?.IsShared ?? false, null, true);
        StateHasChanged();
        await Task.Yield();
        await browser.InvokeVoidAsync("maintenance.openDialog", element);
    }

    private async Task KeepAsync()
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            problem = T["ViewNameMissing"];
            return;
        }

        try
        {
            if (renamed is { } view)
            {
                await change.ExecuteAsync(Actor, view.Id, new SavedViewRequest { Name = name, Query = view.Query, IsShared = isShared }, CancellationToken.None);
                toasts.Show(T["ViewSaved", name.Trim()]);
            }
            else
            {
                var query = Url.SavedQuery;
                var id = await create.ExecuteAsync(Actor, new SavedViewRequest { Name = name, Query = query, IsShared = isShared }, CancellationToken.None);
                toasts.Show(T["ViewSaved", name.Trim()]);
                navigation.NavigateTo(Address(TicketListUrl.OfSaved(id, query)));
            }

            await CloseAsync();
            await OnChanged.InvokeAsync();
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            problem = errors.Sentence(exception);
        }
    }

    private async Task SaveAsync()
    {
        var (view, query) = (Current!, Url.SavedQuery);
        await change.ExecuteAsync(Actor, view.Id, RequestOf(view, query), CancellationToken.None);
        toasts.Show(T["ViewSaved", view.Name], async () =>
        {
            await change.ExecuteAsync(Actor, view.Id, RequestOf(view, view.Query), CancellationToken.None);
            await OnChanged.InvokeAsync();
        });
        await OnChanged.InvokeAsync();
    }

    private async Task DeleteAsync()
    {
        var view = Current!;
        var isDefault = Views.Defaults.Own == DefaultView.OfSaved(view.Id);
        await delete.ExecuteAsync(Actor, view.Id, CancellationToken.None);
        toasts.Show(T["ViewDeleted", view.Name], async () =>
        {
            var id = await create.ExecuteAsync(Actor, RequestOf(view, view.Query), CancellationToken.None);
            if (isDefault)
            {
                await choose.ExecuteAsync(Actor, DefaultView.OfSaved(id), CancellationToken.None);
            }

            await OnChanged.InvokeAsync();
            navigation.NavigateTo(Address(TicketListUrl.OfSaved(id, view.Query)));
        });
        navigation.NavigateTo(Address(TicketListUrl.OfView(TicketView.AllOpen)));
        await OnChanged.InvokeAsync();
    }

    private async Task CloseAsync()
    {
        isAsking = false;
        await browser.InvokeVoidAsync("maintenance.closeDialog", element);
    }

    private static SavedViewRequest RequestOf(SavedViewRow view, string query) => new() { Name = view.Name, Query = query, IsShared = view.IsShared };
}
