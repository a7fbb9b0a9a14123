using System.Globalization;
using MaintenanceApp.Live;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Operations.Pages;

/// <summary>The first page: in five seconds, what needs somebody now.</summary>
public sealed partial class OverviewPage(
    OverviewQueries overviews, HeartbeatQuery heartbeats, CurrentEndpoint endpoints, DispatchQueries dispatch, LiveUpdates live, TimeProvider clock, ILogger<OverviewPage> logger) : IDisposable
{
    private const int MachinesShown = 12;
    private readonly CancellationTokenSource closing = new();
    private LiveRefresh? refresh;
    private Overview? overview;
    private Heartbeat? heartbeat;
    private EndpointState? endpoint;
    private DispatchBacklog? queue;
    private Actor actor = default!;
    private bool hasFailed;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Title => Late + overview!.Machines.Count(machine => machine.Status == MachineStatus.OutOfService) switch
    {
        0 => "",
        1 => L["AndMachineOut"],
        var count => L["AndMachinesOut", count],
    };

    private string Late => overview!.Counts.Overdue switch
    {
        0 => L["AllOnTime"],
        < 10 => L[$"LateTitle{overview.Counts.Overdue}"],
        var count => L["LateTitle", count],
    };

    private string Today
    {
        get
        {
            var day = Instants.LongDay(Site.UtcNow);
            return char.ToUpper(day[0], CultureInfo.CurrentUICulture) + day[1..];
        }
    }

    public void Dispose()
    {
        refresh?.Dispose();
        closing.Cancel();
        closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        actor = Actor.From((await Authentication).User);
        await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(
                live, clock, () => InvokeAsync(ReloadAsync),
                typeof(TicketChanged), typeof(MachineChanged), typeof(NotificationChanged), typeof(ScanChanged), typeof(EndpointChanged));
        }
    }

    private async Task ReloadAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            heartbeat = await heartbeats.ReadAsync(closing.Token);
            endpoint = await endpoints.ReadAsync(closing.Token);
            queue = await dispatch.QueueAsync(closing.Token);
            overview = await overviews.ReadAsync(actor.UserId, closing.Token);
            hasFailed = false;
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        catch (Exception exception) when (Data.DatabaseFailure.IsFrom(exception))
        {
            // What was shown stays; the next refresh tries again.
            hasFailed = true;
            LogFailed(logger, exception);
        }
    }

    private string Plural(string key, int count) => count is 0 or 1 ? L[$"Plural.{key}.One", count] : L[$"Plural.{key}.Many", count];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The overview could not be read")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
