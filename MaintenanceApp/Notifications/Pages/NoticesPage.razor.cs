using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>What administrators were told, newest first.</summary>
public sealed partial class NoticesPage(AdminNotices adminNotices, LiveUpdates live, TimeProvider clock, ILogger<NoticesPage> logger)
{
    private readonly PageLoad load = new(logger) { KeepsError = true };
    private IReadOnlyList<AdminNotice>? notices;
    private LiveRefresh? refresh;
    private Actor? actor;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private int Unread => notices?.Count(notice => notice.ReadAt is null) ?? 0;

    private bool IsOver(AdminNotice notice) => notices!.Any(other => other.Kind == NoticeKind.ReceiverRecovered && other.CreatedAt >= notice.CreatedAt
        && (notice.EndpointId is null || other.EndpointId == notice.EndpointId));

    public void Dispose()
    {
        refresh?.Dispose();
        load.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        actor = Actor.From((await Authentication).User);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(live, clock, () => InvokeAsync(RefreshAsync), typeof(NoticeChanged));
        }
    }

    private Task LoadAsync() => load.RunAsync("The list of notices", async gone =>
    {
        var read = await adminNotices.ListAsync(actor!, gone);
        return () => notices = read;
    });

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
        StateHasChanged();
    }

    private async Task MarkReadAsync()
    {
        await adminNotices.MarkReadAsync(actor!, CancellationToken.None);
        await LoadAsync();
    }
}
