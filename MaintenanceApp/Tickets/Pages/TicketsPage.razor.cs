using System.Data.Common;
using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Machines;
using MaintenanceApp.Tickets.Pages.Listing;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The list. Its whole state is its address: every change navigates, and the address is read again.</summary>
public sealed partial class TicketsPage(
    TicketQueries tickets, TicketSendQueries sendQueries, PersonViews views, RememberListLook looks, BulkCommands bulk,
    MachineQueries machineQueries, UserQueries users, NavigationManager navigation, LiveUpdates live, TimeProvider clock, ILogger<TicketsPage> logger)
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource gone = new();
    private readonly LiveRows rows = new();
    private readonly TicketPicks picks = new();
    private Actor actor = new(0, "", "");
    private TicketListUrl url = TicketListUrl.Parse("");
    private TicketCounts? counts;
    private DateTime? nextDue;
    private IReadOnlyDictionary<int, SendCounts> sends = new Dictionary<int, SendCounts>();
    private ListLook look = ListLook.Usual;
    private IReadOnlyList<MachineRow> machines = [];
    private IReadOnlyList<PersonRow> people = [];
    private ChangeDialog? dialog;
    private LiveRefresh? refresh;
    private string searchText = "";
    private string? lastSearched;
    private string? errorReference;
    private bool isLoading;
    private bool isChanging;
    private int loads;
    private int typings;
    private int revision;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private SiteClock Site { get; set; } = default!;

    private TicketFilter Filter => url.Filter;

    private IReadOnlyList<TicketListColumn> Columns =>
        url.Columns ?? (TicketColumns.TryParse(look.Columns, out var mine) ? mine : null) ?? TicketColumns.Usual;

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        refresh?.Dispose();
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        actor = Actor.From((await Authentication).User);
        machines = await machineQueries.ListAsync(gone.Token);
        await views.ReadAsync(actor, gone.Token);
        ReadAddress(Opened() ?? navigation.Uri);
        searchText = Filter.Text ?? "";
        people = await users.PeopleAsync(gone.Token);
        look = await looks.ReadAsync(actor.UserId, gone.Token);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(
                live, clock, () => InvokeAsync(RefreshAsync), typeof(TicketChanged), typeof(MachineChanged), typeof(UserChanged), typeof(NotificationChanged));

            await views.CountAsync(actor, gone.Token);
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        var load = ++loads;
        isLoading = true;
        errorReference = null;
        try
        {
            var found = await tickets.ListAsync(Filter, actor.UserId, gone.Token);
            await ReadAroundAsync(found, load);
            if (load == loads)
            {
                rows.Show(found);
            }
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

    /// <summary>The numbers beside the rows. A later question that overtook this one counts instead.</summary>
    private async Task ReadAroundAsync(TicketResults found, int load)
    {
        var counted = await tickets.CountsAsync(actor.UserId, gone.Token);
        var sent = await sendQueries.ReadAsync([.. found.Rows.Concat(rows.Shown?.Rows ?? []).Select(row => row.Id).Distinct()], gone.Token);
        var next = found.Total == 0 && Filter.View == TicketView.Overdue
            ? (await tickets.ListAsync(new TicketFilter { View = TicketView.AllOpen, Sort = [new TicketSort(TicketColumn.ScheduledDate)], PageSize = 1 }, actor.UserId, gone.Token)).Rows is [var first] ? first.ScheduledDate : null
            : null;
        if (load == loads)
        {
            (counts, sends, nextDue) = (counted, sent, next);
        }
    }

    /// <summary>Something changed: numbers and rows follow where they stand; rows that would come, go or move wait to be asked for.</summary>
    private async Task RefreshAsync()
    {
        var load = loads;
        try
        {
            var found = await tickets.ListAsync(Filter, actor.UserId, gone.Token);
            var left = await tickets.RowsAsync(rows.GoneFrom(found), gone.Token);
            await ReadAroundAsync(found, load);
            if (load == loads && !isLoading)
            {
                rows.Offer(found, left);
                revision++;
            }
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException)
        {
            // What is shown stays; the next change or the slow poll tries again.
        }

        StateHasChanged();
    }

    private async Task ShowWaitingAsync()
    {
        rows.ShowWaiting();
        await LoadAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == TicketUrl.List)
        {
            _ = InvokeAsync(ReadAddressAsync);
        }
    }

    // A machine that does not exist is as meaningless as a status that does not.
    private void ReadAddress(string address) => url = TicketListUrl.Parse(address).WithMachines(machines.Select(machine => machine.Id));

    /// <summary>An address that says nothing becomes that of the view the person opens the list with; « Back » does not meet it again.</summary>
    /// <returns>The new address; null when it stays.</returns>
    private string? Opened()
    {
        var opening = TicketListUrl.IsBare(navigation.Uri) ? views.OpeningAddress : null;
        if (opening is not null)
        {
            navigation.NavigateTo(opening, replace: true);
        }

        return opening;
    }

    private async Task ReadAddressAsync()
    {
        if (Opened() is not null)
        {
            return; // The new address comes here by itself.
        }

        var before = url;
        ReadAddress(navigation.Uri);

        // What is being typed is ahead of the address it causes.
        if ((Filter.Text ?? "") != lastSearched)
        {
            searchText = Filter.Text ?? "";
        }

        var filter = TicketListUrl.Query(Filter);
        if (filter == TicketListUrl.Query(before.Filter) && rows.Shown is not null)
        {
            // The panel opened or closed: the rows stay where they are.
            StateHasChanged();
            return;
        }

        // Chosen rows are of what was found, in whatever order and on whatever page.
        TicketFilter Unpaged(TicketFilter paged) => paged with { Page = 1, PageSize = TicketListUrl.DefaultPageSize, Sort = [] };
        if (TicketListUrl.Query(Unpaged(Filter)) != TicketListUrl.Query(Unpaged(before.Filter)))
        {
            picks.Clear();
        }

        var loading = LoadAsync();
        StateHasChanged();
        await loading;
        StateHasChanged();
    }

    private async Task SearchAsync(string text)
    {
        searchText = text;
        var typing = ++typings;
        await Task.Delay(TypingPause, clock, gone.Token);
        if (typing == typings)
        {
            lastSearched = text.Trim();
            navigation.NavigateTo(url.To(Filter with { Text = lastSearched, Page = 1, Sort = [] }), replace: true);
        }
    }

    private void Go(TicketFilter filter) => navigation.NavigateTo(url.To(filter with { Page = 1 }));

    private void ResizeAsync(ChangeEventArgs change) =>
        Go(Filter with { PageSize = int.Parse((string)change.Value!, CultureInfo.InvariantCulture) });

    private async Task ReadViewsAsync()
    {
        await views.ReadAsync(actor, gone.Token);
        await views.CountAsync(actor, gone.Token);
        StateHasChanged();
    }

    /// <summary>Remembered for the person; in the address only where it already is, or where a saved view keeps it.</summary>
    private async Task ColumnsAsync(IReadOnlyList<TicketListColumn> columns)
    {
        look = look with { Columns = TicketColumns.Word(columns) };
        await looks.ExecuteAsync(actor, look, gone.Token);
        if (url.Columns is not null || views.Of(url) is not null)
        {
            navigation.NavigateTo((url with { Columns = columns }).ToOpen(url.Open), replace: true);
        }
    }

    private Task CompactAsync(bool isCompact)
    {
        look = look with { IsCompact = isCompact };
        return looks.ExecuteAsync(actor, look, gone.Token);
    }

    private Task AskRowAsync((TicketRow Row, ListChange Change) asked) => AskAsync(asked.Change, asked.Row.Title, () => Task.FromResult<IReadOnlyCollection<int>>([asked.Row.Id]));

    private Task AskPickedAsync(ListChange change) => AskAsync(
        change,
        T.Count("ChosenTicketsOne", "ChosenTickets", picks.Count(rows.Shown?.Total ?? 0)),
        async () => picks.IsEverything ? [.. await tickets.IdsAsync(Filter, actor.UserId, gone.Token)] : picks.Ids);

    private async Task AskAsync(ListChange change, string subject, Func<Task<IReadOnlyCollection<int>>> ids)
    {
        if (dialog is null || isChanging || await dialog.AskAsync(change, subject, actor) is not { } answer)
        {
            return;
        }

        isChanging = true;
        try
        {
            if (await bulk.RunAsync(actor, await ids(), answer, () => InvokeAsync(ReloadAsync)))
            {
                picks.Clear();
            }
        }
        finally
        {
            isChanging = false;
        }
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        revision++;
        StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The list of tickets failed, reference {Reference}")]
    private static partial void LogListFailed(ILogger logger, string reference, Exception exception);
}
