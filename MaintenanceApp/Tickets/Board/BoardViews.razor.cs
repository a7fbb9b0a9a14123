using MaintenanceApp.Live;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Tickets.Pages.Listing;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Board;

/// <summary>The tabs of the views. They follow changes on their own, so that the cards never wait for their numbers.</summary>
public sealed partial class BoardViews(PersonViews views, TicketQueries tickets, LiveUpdates live, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private TicketCounts? counts;
    private LiveRefresh? refresh;

    [Parameter, EditorRequired]
    public required BoardUrl Url { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>Between the tabs and what can be done with a view.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    public void Dispose()
    {
        refresh?.Dispose();
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await views.ReadAsync(Actor, gone.Token);
        counts = await tickets.CountsAsync(Actor.UserId, gone.Token);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(live, clock, () => InvokeAsync(CountAsync), typeof(TicketChanged), typeof(MachineChanged), typeof(UserChanged), typeof(NotificationChanged));
            await views.CountAsync(Actor, gone.Token);
            StateHasChanged();
        }
    }

    /// <summary>A view on this screen: the lanes and the phone's column stay.</summary>
    private string Address(TicketListUrl list) => (Url with { List = list }).ToString();

    private async Task ReadAsync()
    {
        await views.ReadAsync(Actor, gone.Token);
        await views.CountAsync(Actor, gone.Token);
        StateHasChanged();
    }

    private async Task CountAsync()
    {
        counts = await tickets.CountsAsync(Actor.UserId, gone.Token);
        StateHasChanged();
    }
}
