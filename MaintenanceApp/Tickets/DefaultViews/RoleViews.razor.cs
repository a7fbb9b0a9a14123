using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Tickets.DefaultViews;

/// <summary>The default view of every role: for administrators.</summary>
public sealed partial class RoleViews(
    DefaultViewQueries queries, SavedViewQueries savedViews, SetRoleView set, ToastMessages toasts, TicketErrors errors)
{
    private IReadOnlyDictionary<string, DefaultView> chosen = new Dictionary<string, DefaultView>();
    private IReadOnlyList<SavedViewRow> shared = [];
    private Actor actor = new(0, "", "");

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        actor = Actor.From((await Authentication).User);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        chosen = await queries.ByRoleAsync(CancellationToken.None);
        shared = [.. (await savedViews.ListAsync(actor.UserId, CancellationToken.None)).Where(view => view.IsShared)];
    }

    private async Task ChooseAsync(Role role, string? word)
    {
        var (before, wanted) = (chosen.GetValueOrDefault(role.Name), DefaultView.Parse(word));
        try
        {
            await SaveAsync(role, wanted);
            toasts.Show(T["RoleViewSaved", role.DisplayName(CultureInfo.CurrentUICulture)], () => InvokeAsync(() => SaveAsync(role, before)));
        }
        catch (Exception exception) when (TicketErrors.IsExpected(exception))
        {
            toasts.Show(errors.Sentence(exception));
            await ReadAsync();
        }
    }

    private async Task SaveAsync(Role role, DefaultView? view)
    {
        await set.ExecuteAsync(actor, role.Name, view, CancellationToken.None);
        await ReadAsync();
        StateHasChanged();
    }
}
