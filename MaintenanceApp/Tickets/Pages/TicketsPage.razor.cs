using System.Data.Common;
using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The list. Its whole state is its address: every change navigates, and the address is read again.</summary>
public sealed partial class TicketsPage
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource gone = new();
    private TicketListUrl url = TicketListUrl.Parse("");
    private TicketResults? results;
    private TicketCounts? counts;
    private IReadOnlyList<MachineRow> machines = [];
    private IReadOnlyList<PersonRow> people = [];
    private LiveRefresh? refresh;
    private string searchText = "";
    private string? lastSearched;
    private string? errorReference;
    private bool isLoading;
    private int loads;
    private int typings;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private SiteClock Site { get; set; } = default!;

    private TicketFilter Filter => url.Filter;

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        refresh?.Dispose();
        gone.Cancel();
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        machines = await Machines.ListAsync(gone.Token);
        ReadAddress();
        searchText = Filter.Text ?? "";
        people = await People.PeopleAsync(gone.Token);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(Live, Clock, () => InvokeAsync(RefreshAsync), typeof(TicketChanged), typeof(MachineChanged), typeof(UserChanged));
        }
    }

    private async Task LoadAsync()
    {
        var load = ++loads;
        isLoading = true;
        errorReference = null;
        try
        {
            var userId = Actor.From((await Authentication).User).UserId;
            var found = await Tickets.ListAsync(Filter, userId, gone.Token);
            var counted = await Tickets.CountsAsync(userId, gone.Token);

            // A later question overtook this one: its answer counts.
            (results, counts) = load == loads ? (found, counted) : (results, counts);
        }
        catch (DbException exception) when (load == loads)
        {
            errorReference = Guid.NewGuid().ToString("N")[..8];
            LogListFailed(Logger, errorReference, exception);
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

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == TicketUrl.List)
        {
            _ = InvokeAsync(ReadAddressAsync);
        }
    }

    // A machine that does not exist is as meaningless as a status that does not.
    private void ReadAddress() => url = TicketListUrl.Parse(Navigation.Uri).WithMachines(machines.Select(machine => machine.Id));

    private async Task ReadAddressAsync()
    {
        ReadAddress();

        // What is being typed is ahead of the address it causes.
        if ((Filter.Text ?? "") != lastSearched)
        {
            searchText = Filter.Text ?? "";
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
        await Task.Delay(TypingPause, Clock, gone.Token);
        if (typing == typings)
        {
            lastSearched = text.Trim();
            Navigation.NavigateTo(TicketListUrl.Of(Filter with { Text = lastSearched, Page = 1, Sort = [] }), replace: true);
        }
    }

    private void Go(TicketFilter filter) => Navigation.NavigateTo(TicketListUrl.Of(filter with { Page = 1 }));

    [LoggerMessage(Level = LogLevel.Error, Message = "The list of tickets failed, reference {Reference}")]
    private static partial void LogListFailed(ILogger logger, string reference, Exception exception);
}
