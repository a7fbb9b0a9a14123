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

    private readonly PageLoad load = new(logger);
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
    private bool isChanging;
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
        load.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        actor = Actor.From((await Authentication).User);
        machines = await machineQueries.ListAsync(load.Gone);
        await views.ReadAsync(actor, load.Gone);
        ReadAddress(Opened() ?? navigation.Uri);
        searchText = Filter.Text ?? "";
        people = await users.PeopleAsync(load.Gone);
        look = await looks.ReadAsync(actor.UserId, load.Gone);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(
                live, clock, () => InvokeAsync(RefreshAsync), typeof(TicketChanged), typeof(MachineChanged), typeof(UserChanged), typeof(NotificationChanged));

            await views.CountAsync(actor, load.Gone);
            StateHasChanged();
        }
    }

    private Task LoadAsync() => load.RunAsync("The list of tickets", async gone =>
    {
        var found = await tickets.ListAsync(Filter, actor.UserId, gone);
        var showNumbers = await ReadAroundAsync(found);
        return () =>
        {
            showNumbers();
            rows.Show(found);
        };
    });

    /// <summary>Reads the numbers beside the rows.</summary>
    /// <returns>What shows them.</returns>
    private async Task<Action> ReadAroundAsync(TicketResults found)
    {
        var counted = await tickets.CountsAsync(actor.UserId, load.Gone);
        var sent = await sendQueries.ReadAsync([.. found.Rows.Concat(rows.Shown?.Rows ?? []).Select(row => row.Id).Distinct()], load.Gone);
        var next = found.Total == 0 && Filter.View == TicketView.Overdue
            ? (await tickets.ListAsync(new TicketFilter { View = TicketView.AllOpen, Sort = [new TicketSort(TicketColumn.ScheduledDate)], PageSize = 1 }, actor.UserId, load.Gone)).Rows is [var first] ? first.ScheduledDate : null
            : null;
        return () => (counts, sends, nextDue) = (counted, sent, next);
    }

    /// <summary>Something changed: numbers and rows follow where they stand; rows that would come, go or move wait to be asked for.</summary>
    private async Task RefreshAsync()
    {
        var asked = load.Current;
        if (rows.Shown is null || load.ErrorReference is not null)
        {
            await load.RefreshAsync();
            StateHasChanged();
            return;
        }

        var found = await tickets.ListAsync(Filter, actor.UserId, load.Gone);
        var left = await tickets.RowsAsync(rows.GoneFrom(found), load.Gone);
        var showNumbers = await ReadAroundAsync(found);
        if (asked == load.Current)
        {
            showNumbers();
            if (!load.IsRunning)
            {
                rows.Offer(found, left);
                revision++;
            }
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
        await Task.Delay(TypingPause, clock, load.Gone);
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
        await views.ReadAsync(actor, load.Gone);
        await views.CountAsync(actor, load.Gone);
        StateHasChanged();
    }

    /// <summary>Remembered for the person; in the address only where it already is, or where a saved view keeps it.</summary>
    private async Task ColumnsAsync(IReadOnlyList<TicketListColumn> columns)
    {
        look = look with { Columns = TicketColumns.Word(columns) };
        await looks.ExecuteAsync(actor, look, load.Gone);
        if (url.Columns is not null || views.Of(url) is not null)
        {
            navigation.NavigateTo((url with { Columns = columns }).ToOpen(url.Open), replace: true);
        }
    }

    private Task CompactAsync(bool isCompact)
    {
        look = look with { IsCompact = isCompact };
        return looks.ExecuteAsync(actor, look, load.Gone);
    }

    private Task AskRowAsync((TicketRow Row, ListChange Change) asked) => AskAsync(asked.Change, asked.Row.Title, () => Task.FromResult<IReadOnlyCollection<int>>([asked.Row.Id]));

    private Task AskPickedAsync(ListChange change) => AskAsync(
        change,
        T.Count("ChosenTicketsOne", "ChosenTickets", picks.Count(rows.Shown?.Total ?? 0)),
        async () => picks.IsEverything ? [.. await tickets.IdsAsync(Filter, actor.UserId, load.Gone)] : picks.Ids);

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
}
