using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>Where notifications go, how they are signed, who may call from outside: for administrators.</summary>
public sealed partial class SettingsPage(
    SettingsQueries queries, NotificationQueries notifications, DispatchQueries dispatch, LiveUpdates live, TimeProvider time, ILogger<SettingsPage> logger)
{
    private const int ChangesShown = 5;

    private readonly PageLoad load = new(logger);
    private NotificationSettings? settings;
    private NotificationDetail? test;
    private LiveRefresh? refresh;
    private Actor? actor;
    private int waiting;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private List<(string Key, DateTime At, string? Who)> Changes =>
    [
        .. new (string, DateTime? At, string?)[]
        {
            ("ChangedEndpoint", settings!.Endpoint.ChangedAt, settings.Endpoint.ChangedBy),
            ("ChangedSigning", settings.Signing.Current?.CreatedAt, settings.Signing.Current?.CreatedBy),
            ("ChangedSigning", settings.Signing.Previous?.CreatedAt, settings.Signing.Previous?.CreatedBy),
            ("ChangedCron", settings.Cron.Current?.CreatedAt, settings.Cron.Current?.CreatedBy),
            ("ChangedCron", settings.Cron.Previous?.CreatedAt, settings.Cron.Previous?.CreatedBy),
        }
            .Where(change => change.At is not null)
            .Select(change => (change.Item1, change.At!.Value, change.Item3))
            .OrderByDescending(change => change.Value)
            .Take(ChangesShown),
    ];

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
            refresh = LiveRefresh.Start(live, time, () => InvokeAsync(RefreshAsync), typeof(NotificationChanged), typeof(EndpointChanged));
        }
    }

    private Task LoadAsync() => load.RunAsync("Reading the settings", async gone =>
    {
        var read = await queries.ReadAsync(actor!, gone);
        var lastTest = read.LastTestId is { } id ? await notifications.FindAsync(id, actor!, gone) : null;
        var queue = await dispatch.QueueAsync(gone);
        return () => (settings, test, waiting) = (read, lastTest, queue.Waiting);
    });

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
        StateHasChanged();
    }
}
