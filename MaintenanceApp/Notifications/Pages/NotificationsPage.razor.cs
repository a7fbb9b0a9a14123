using System.Data.Common;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>The history. Its whole state is its address.</summary>
public sealed partial class NotificationsPage(
    NotificationQueries notifications,
    NotificationStatsQuery statistics,
    DispatchQueries dispatch,
    OutageQuery outages,
    CurrentEndpoint currentEndpoint,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<NotificationsPage> logger)
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource gone = new();
    private NotificationResults? results;
    private NotificationCounts? counts;
    private PeriodStats? day;
    private IReadOnlyList<AttemptHour>? hours;
    private EndpointState? endpoint;
    private DispatchBacklog? queue;
    private LastScan? scan;
    private OutageSummary? outageSummary;
    private ResendDialog? dialog;
    private ResendFailedDialog? failedDialog;
    private LiveRefresh? refresh;
    private Actor? actor;
    private string typed = "";
    private string? errorReference;
    private bool isLoading;
    private int loads;
    private int typings;

    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewWord { get; set; }

    [SupplyParameterFromQuery]
    public string? Ticket { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Trigger { get; set; }

    [SupplyParameterFromQuery]
    public string? Period { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Run { get; set; }

    [SupplyParameterFromQuery(Name = "outage")]
    public string? OutageWord { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private NotificationListUrl Address => NotificationListUrl.Parse(
        ViewWord, Ticket, Status, Trigger, Period, From, To, Run, int.TryParse(Page, out var page) ? page : null, OutageWord);

    private bool CanResend => actor?.Can(Permissions.ManageNotifications) == true;

    private bool IsHeld => endpoint is not null && !endpoint.CanSendAt(clock.GetUtcNow().UtcDateTime);

    public void Dispose()
    {
        refresh?.Dispose();
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        actor ??= Actor.From((await Authentication).User);

        // What is being typed is ahead of the address it causes.
        typed = typings > 0 ? typed : Address.Ticket ?? "";
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(live, clock, () => InvokeAsync(RefreshAsync), typeof(NotificationChanged), typeof(ScanChanged), typeof(EndpointChanged));
        }
    }

    private async Task LoadAsync()
    {
        var load = ++loads;
        isLoading = true;
        errorReference = null;
        try
        {
            var found = await notifications.ListAsync(Address.ToFilter(Site), actor!, gone.Token);
            var counted = await notifications.CountsAsync(gone.Token);
            if (load != loads)
            {
                // A later question overtook this one.
                return;
            }

            (results, counts) = (found, counted);
            day = (await statistics.ReadAsync(gone.Token)).Last24Hours;
            hours = await dispatch.HoursAsync(gone.Token);
            endpoint = await currentEndpoint.ReadAsync(gone.Token);
            queue = await dispatch.QueueAsync(gone.Token);
            outageSummary = Address.Outage is { } outage ? await outages.ReadAsync(outage, gone.Token) : null;
            scan = await dispatch.LastScanAsync(gone.Token);
        }
        catch (DbException exception) when (load == loads)
        {
            errorReference = Guid.NewGuid().ToString("N")[..8];
            LogListFailed(logger, errorReference, exception);
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        finally
        {
            isLoading = isLoading && load != loads;
        }
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private int CountOf(NotificationView view) => view switch
    {
        NotificationView.All => counts!.All,
        NotificationView.Failed => counts!.Failed,
        NotificationView.Waiting => counts!.Waiting,
    };

    private async Task SearchAsync(string text)
    {
        typed = text;
        var typing = ++typings;
        await Task.Delay(TypingPause, clock, gone.Token);
        if (typing == typings)
        {
            typings = 0;
            Navigation.NavigateTo((Address with { Ticket = text.Trim() is { Length: > 0 } words ? words : null, Page = 1 }).ToString(), replace: true);
        }
    }

    private void Go(NotificationListUrl address) => Navigation.NavigateTo((address with { Page = 1 }).ToString());

    private async Task ResendAsync(NotificationRow row)
    {
        await dialog!.AskAsync(row, actor!);
        await LoadAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The list of notifications failed, reference {Reference}")]
    private static partial void LogListFailed(ILogger logger, string reference, Exception exception);
}
