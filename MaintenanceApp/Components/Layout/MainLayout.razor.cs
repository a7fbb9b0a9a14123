using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace MaintenanceApp.Components.Layout;

public sealed partial class MainLayout(HeartbeatQuery heartbeats, LiveUpdates live, TimeProvider clock, IJSRuntime browser) : IDisposable
{
    private ErrorBoundary? boundary;
    private Heartbeat? heartbeat;
    private LiveRefresh? refresh;
    private IDisposable? recovery;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Path => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    public void Dispose()
    {
        refresh?.Dispose();
        recovery?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            await ReloadAsync();
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            // Nothing stands around the layout that could say it: the page says it, and the refresh asks again.
        }
    }

    protected override void OnParametersSet() => boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        // A page that could not even begin without the database begins again with it.
        recovery = live.Subscribe(message =>
        {
            if (message is DatabaseChanged { IsAway: false })
            {
                _ = InvokeAsync(() => boundary?.Recover());
            }
        });
        refresh = LiveRefresh.Start(
            live, clock, () => InvokeAsync(ReloadAndShowAsync), typeof(ScanChanged), typeof(TicketChanged), typeof(NotificationChanged));
        await browser.InvokeVoidAsync("maintenance.interactive");
    }

    private async Task ReloadAsync()
    {
        if (Authentication is not null && (await Authentication).User.Identity is { IsAuthenticated: true })
        {
            heartbeat = await heartbeats.ReadAsync(CancellationToken.None);
        }
    }

    private async Task ReloadAndShowAsync()
    {
        await ReloadAsync();
        StateHasChanged();
    }
}
