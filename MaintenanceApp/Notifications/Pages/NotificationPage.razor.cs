using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>One notification: what left, what came back, why, and what may be done about it.</summary>
public sealed partial class NotificationPage(
    NotificationQueries notifications, NavigationManager navigation, LiveUpdates live, TimeProvider time, SiteClock siteClock, ILogger<NotificationPage> logger)
{
    private readonly PageLoad load = new(logger);
    private NotificationDetail? detail;
    private ResendDialog? dialog;
    private LiveRefresh? refresh;
    private Actor? actor;
    private bool isLoaded;
    private int? chosen;
    private int shownId;

    [Parameter]
    public int Id { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private SiteClock Clock => siteClock;

    private bool CanManage => actor?.Can(Permissions.ManageNotifications) == true;

    /// <summary>The attempt whose request and response are shown: the chosen one, else the last.</summary>
    private AttemptRow? Shown => detail is { Attempts: [.., var last] attempts } ? attempts.FirstOrDefault(attempt => attempt.Number == chosen) ?? last : null;

    private DateTime? EndedAt => detail is { Attempts: [.., var last] } ? last.StartedAt.AddMilliseconds(last.DurationMs ?? 0) : null;

    private (string Class, string Icon) Look => detail!.Row.Status switch
    {
        NotificationStatus.Delivered => ("done", "check"),
        NotificationStatus.Dead => ("failed", "x"),
        NotificationStatus.Cancelled => ("archived", "ban"),
        NotificationStatus.Sending => ("progress", "loader"),
        NotificationStatus.Pending when detail.Row.IsAside => ("failed", "alert-triangle"),
        NotificationStatus.Pending when detail.Row.AttemptCount > 0 => ("waiting", "repeat"),
        NotificationStatus.Pending => ("received", "clock"),
    };

    public void Dispose()
    {
        refresh?.Dispose();
        load.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        actor ??= Actor.From((await Authentication).User);
        if (shownId != Id)
        {
            (shownId, chosen, isLoaded) = (Id, null, false);
        }

        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(live, time, () => InvokeAsync(RefreshAsync), typeof(NotificationChanged), typeof(TicketChanged));
        }
    }

    private Task LoadAsync() => load.RunAsync($"Showing notification {Id}", async gone =>
    {
        var found = await notifications.FindAsync(Id, actor!, gone);
        return () => (detail, isLoaded) = (found, true);
    });

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
        StateHasChanged();
    }

    private void Choose(int number) => chosen = number;

    private async Task ResendAsync()
    {
        if (await dialog!.AskAsync(detail!.Row, actor!) is { } created)
        {
            navigation.NavigateTo(NotificationListUrl.Of(created));
        }
    }
}
