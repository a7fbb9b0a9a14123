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

    private readonly PageLoad load = new(logger);
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
        load.Dispose();
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

    private Task LoadAsync() => load.RunAsync("The list of notifications", async gone =>
    {
        var found = await notifications.ListAsync(Address.ToFilter(Site), actor!, gone);
        var counted = await notifications.CountsAsync(gone);
        var stats = await statistics.ReadAsync(gone);
        var hourly = await dispatch.HoursAsync(gone);
        var state = await currentEndpoint.ReadAsync(gone);
        var backlog = await dispatch.QueueAsync(gone);
        var summary = Address.Outage is { } outage ? await outages.ReadAsync(outage, gone) : null;
        var last = await dispatch.LastScanAsync(gone);
        return () => (results, counts, day, hours, endpoint, queue, outageSummary, scan) =
            (found, counted, stats.Last24Hours, hourly, state, backlog, summary, last);
    });

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
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
        await Task.Delay(TypingPause, clock, load.Gone);
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
        await load.RefreshAsync();
    }
}
