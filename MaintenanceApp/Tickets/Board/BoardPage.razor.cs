using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Machines;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Board;

/// <summary>
/// The board. What it shows is its address; where it is shown, wwwroot/js/board.js turns the hand's gestures into calls
/// of <see cref="MoveCardAsync"/>. A column under the pointer keeps its cards where they are.
/// </summary>
public sealed partial class BoardPage(
    BoardQueries board, BoardMoves moves, MachineQueries machineQueries, UserQueries userQueries, NavigationManager navigation,
    LiveUpdates live, TimeProvider clock, IJSRuntime browser, TicketErrors errors, ILogger<BoardPage> logger)
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private static readonly BoardLane?[] NoLanes = [null];

    private readonly ILogger logger = logger;
    private readonly PageLoad load = new(logger);
    private readonly SemaphoreSlim moving = new(1, 1);
    private readonly Dictionary<TicketStatus, int> cards = [];
    private BoardUrl url = BoardUrl.Parse("");
    private BoardView? view;
    private BoardView? latest;
    private Actor? actor;
    private IReadOnlyList<MachineRow> machines = [];
    private IReadOnlyList<PersonRow> people = [];
    private ElementReference root;
    private BoardMoveSheet? sheet;
    private ColumnLimitDialog? limitDialog;
    private LiveRefresh? refresh;
    private DotNetObjectReference<BoardPage>? self;
    private IJSObjectReference? module;
    private (BoardTicket Card, TicketStatus Status)? note;
    private TicketStatus? pointed;
    private TicketStatus? held;
    private int waiting;
    private bool isFrozen;
    private bool isAdding;
    private int typings;
    private string searchText = "";
    private string? lastSearched;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private TicketErrors Errors => errors;

    private TicketFilter Filter => url.Filter;

    private bool MayMove => actor?.Can(Permissions.WorkOnTickets) == true;

    private bool MayAdd => actor?.Can(Permissions.CreateTickets) == true;

    private bool MayLimit(TicketStatus status) => actor?.Can(Permissions.ManageBoard) == true && ColumnLimit.Columns.Contains(status);

    private string? LaneWord => url.Lanes is { } lanes ? Snake.Of(lanes) : null;

    private List<FilterOption> LaneOptions => [.. Enum.GetValues<BoardLaneKind>().Select(kind => new FilterOption(Snake.Of(kind), L[$"LanesBy{kind}"]))];

    private IReadOnlyList<BoardLane?> Lanes => view is { Lanes.Count: > 0 } ? [.. view.Lanes] : NoLanes;

    private string GridColumns => string.Join(' ', view!.Columns.Select(column => IsFolded(column.Status) ? "46px" : "minmax(222px, 1fr)"));

    public async ValueTask DisposeAsync()
    {
        navigation.LocationChanged -= Moved;
        refresh?.Dispose();
        load.Dispose();
        self?.Dispose();
        try
        {
            await (module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone already.
        }
    }

    /// <summary>Called by the script when a card is dropped or moved with a key.</summary>
    /// <param name="id">The ticket.</param>
    /// <param name="to">The column's word; null with <paramref name="step"/>.</param>
    /// <param name="step">One column to the right, or to the left when negative.</param>
    [JSInvokable]
    public async Task MoveCardAsync(int id, string? to, int step)
    {
        isFrozen = false;
        if (view?.Find(id) is { } card)
        {
            var target = Snake.TryParse<TicketStatus>(to, out var status) ? status : card.Status + Math.Sign(step);
            await (Enum.IsDefined(target) ? MoveAsync((card, target)) : RefreshAsync());
        }
    }

    /// <summary>Called by the script: while a card is in the air nothing on the board moves.</summary>
    [JSInvokable]
    public Task FreezeAsync(bool isInTheAir) => isInTheAir ? Freeze() : ReleaseAsync();

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        actor = Actor.From((await Authentication).User);
        machines = await machineQueries.ListAsync(load.Gone);
        ReadAddress();
        searchText = Filter.Text ?? "";
        people = await userQueries.PeopleAsync(load.Gone);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(
                live, clock, () => InvokeAsync(LiveAsync), typeof(TicketChanged), typeof(MachineChanged), typeof(UserChanged), typeof(NotificationChanged), typeof(BoardChanged));
            self = DotNetObjectReference.Create(this);
            module = await browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/board.js"]}");
            await module.InvokeVoidAsync("start", root, self);
            StateHasChanged();
        }
    }

    private bool IsFolded(TicketStatus status) => url.Question.IsFolded(status);

    private string LaneName(BoardLane lane) => (url.Lanes, lane.Key) switch
    {
        (BoardLaneKind.Priority, { } key) => S[$"Priority{(TicketPriority)key}"],
        (BoardLaneKind.Assignee, var key) => S.Assignee(key, lane.Name) ?? S["Nobody"],
        _ => lane.Name ?? L["NoMachine"],
    };

    private Task LoadAsync() => load.RunAsync("The board", async gone =>
    {
        var fresh = await board.ReadAsync(actor!, url.Question with { Cards = cards }, gone);
        return () => Show(fresh, null);
    });

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
        StateHasChanged();
    }

    /// <summary>Somebody changed something: shown at once, except where this person is pointing.</summary>
    private async Task LiveAsync()
    {
        // What is moved now ends with a fresh board; what came after it is read then.
        await moving.WaitAsync(load.Gone);
        try
        {
            if (view is null || load.ErrorReference is not null)
            {
                await RefreshAsync();
                return;
            }

            var asked = url;
            var fresh = await board.ReadAsync(actor!, url.Question with { Cards = cards }, load.Gone);
            if (!ReferenceEquals(asked, url))
            {
                return;
            }

            latest = fresh;
            if (!isFrozen)
            {
                Show(fresh, pointed);
                StateHasChanged();
            }
        }
        finally
        {
            moving.Release();
        }
    }

    private void Show(BoardView fresh, TicketStatus? pointedAt)
    {
        latest = fresh;
        var shown = HeldBoard.Of(view, fresh, pointedAt);
        (view, waiting) = (shown.View, shown.Waiting);
        held = waiting > 0 ? pointedAt : null;
    }

    private void ShowWaiting() => Show(latest!, null);

    private void LeaveColumn()
    {
        pointed = null;
        if (held is not null && !isFrozen)
        {
            ShowWaiting();
        }
    }

    private Task Freeze()
    {
        isFrozen = true;
        return Task.CompletedTask;
    }

    private Task ReleaseAsync()
    {
        isFrozen = false;
        if (latest is not null && moving.CurrentCount > 0)
        {
            Show(latest, pointed);
            StateHasChanged();
        }

        return Task.CompletedTask;
    }
}
