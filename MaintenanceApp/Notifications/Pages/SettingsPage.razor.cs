using System.Data.Common;
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

    private readonly CancellationTokenSource gone = new();
    private NotificationSettings? settings;
    private NotificationDetail? test;
    private LiveRefresh? refresh;
    private Actor? actor;
    private string? errorReference;
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
            refresh = LiveRefresh.Start(live, time, () => InvokeAsync(RefreshAsync), typeof(NotificationChanged), typeof(EndpointChanged));
        }
    }

    private async Task LoadAsync()
    {
        errorReference = null;
        try
        {
            settings = await queries.ReadAsync(actor!, gone.Token);
            test = settings.LastTestId is { } id ? await notifications.FindAsync(id, actor!, gone.Token) : null;
            waiting = (await dispatch.QueueAsync(gone.Token)).Waiting;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The settings could not be read, reference {Reference}")]
    private static partial void LogFailed(ILogger logger, string reference, Exception exception);
}
