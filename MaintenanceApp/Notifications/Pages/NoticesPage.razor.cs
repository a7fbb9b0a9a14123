using System.Data.Common;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>What administrators were told, newest first.</summary>
public sealed partial class NoticesPage(AdminNotices adminNotices, LiveUpdates live, TimeProvider clock, ILogger<NoticesPage> logger)
{
    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<AdminNotice>? notices;
    private LiveRefresh? refresh;
    private Actor? actor;
    private string? errorReference;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private int Unread => notices?.Count(notice => notice.ReadAt is null) ?? 0;

    private bool IsOver(AdminNotice notice) => notices!.Any(other => other.Kind == NoticeKind.ReceiverRecovered && other.CreatedAt >= notice.CreatedAt);

    public void Dispose()
    {
        refresh?.Dispose();
        gone.Cancel();
        gone.Dispose();
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

    private async Task LoadAsync()
    {
        try
        {
            notices = await adminNotices.ListAsync(actor!, gone.Token);
            errorReference = null;
        }
        catch (DbException exception)
        {
            errorReference = Guid.NewGuid().ToString("N")[..8];
            LogFailed(logger, errorReference, exception);
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

    private async Task MarkReadAsync()
    {
        await adminNotices.MarkReadAsync(actor!, CancellationToken.None);
        await LoadAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The notices failed, reference {Reference}")]
    private static partial void LogFailed(ILogger logger, string reference, Exception exception);
}
