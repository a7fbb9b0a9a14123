using MaintenanceApp.Hosting;
using MaintenanceApp.Live;
using MaintenanceApp.Machines;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>The calendar. Its whole state is its address; what is dragged on it goes through <see cref="PlanWithUndo"/>.</summary>
public sealed partial class CalendarPage(CalendarQueries queries, PlanDates planDates, PlanWithUndo planning, SiteClock site, ILogger<CalendarPage> logger)
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private readonly PageLoad load = new(logger);
    private CalendarUrl url = new();
    private CalendarScene? main;

    /// <summary>What a phone shows instead, until the browser has said whether it is one.</summary>
    private CalendarScene? phone;
    private IReadOnlyList<MachineRow> machines = [];
    private IReadOnlyList<PersonRow> people = [];
    private Actor actor = Actor.Application;
    private LiveRefresh? refresh;
    private CalendarPlanDialog? planDialog;
    private ElementReference root;
    private ElementReference trayDialog;
    private IJSObjectReference? script;
    private IJSObjectReference? dragging;
    private DotNetObjectReference<CalendarPage>? self;
    private string searchText = "";
    private string trayText = "";
    private bool? isPhone;
    private bool isHeld;
    private bool isNewWaiting;
    private bool isTrayOpen;
    private bool isDialogOpen;
    private int typings;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Moved;
        refresh?.Dispose();
        load.Dispose();
        self?.Dispose();
        try
        {
            await (dragging?.InvokeVoidAsync("stop") ?? ValueTask.CompletedTask);
            await (dragging?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (script?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The window is closed: nothing to tidy there.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        actor = Actor.From((await Authentication).User);
        machines = await Machines.ListAsync(load.Gone);
        ReadAddress();
        (searchText, trayText) = (url.Filter.Text ?? "", url.TrayText ?? "");
        people = await People.PeopleAsync(load.Gone);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        refresh = LiveRefresh.Start(Live, Clock, () => InvokeAsync(RefreshAsync), typeof(TicketChanged), typeof(MachineChanged), typeof(UserChanged));
        self = DotNetObjectReference.Create(this);
        script = await Browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/calendar.js"]}");
        dragging = await script.InvokeAsync<IJSObjectReference>("start", root, self);
    }

    private async Task<(CalendarScene Main, CalendarScene? Phone)> ReadAsync()
    {
        var tray = await queries.TrayAsync(url.Filter, url.TrayOrder, url.TrayText, actor.UserId, load.Gone);
        var usual = isPhone == true ? CalendarMode.Agenda : CalendarMode.Planner;
        var scene = await SceneAsync(url.Mode ?? usual, tray);
        return (scene, isPhone is null && url.Mode is null ? await SceneAsync(CalendarMode.Agenda, tray) : null);
    }

    private async Task<CalendarScene> SceneAsync(CalendarMode mode, CalendarTray tray)
    {
        var period = CalendarPeriod.Of(mode, url.Day ?? site.Today, CalendarWords.FirstDay);
        var content = await queries.ReadAsync(period, url.ByCompletion, url.Filter, actor.UserId, load.Gone);
        return new CalendarScene(url, period, content, tray, people, site.UtcNow, site.Today, actor.Can(Permissions.PlanTickets));
    }

    private Task LoadAsync() => load.RunAsync("The calendar", async _ =>
    {
        var read = await ReadAsync();
        return () => ((main, phone), isNewWaiting) = (read, false);
    });

    private async Task LoadAndShowAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    /// <summary>Somebody changed something. Nothing moves under the pointer: then a button says that there is news.</summary>
    private async Task RefreshAsync()
    {
        if (!(isHeld || isTrayOpen || isDialogOpen) || main is null)
        {
            people = await People.PeopleAsync(load.Gone);
            await load.RefreshAsync();
            StateHasChanged();
            return;
        }

        var asked = load.Current;
        var (fresh, _) = await ReadAsync();
        if (asked == load.Current && fresh.Shape != main.Shape)
        {
            isNewWaiting = true;
            StateHasChanged();
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == CalendarUrl.Path)
        {
            _ = InvokeAsync(ReadAddressAsync);
        }
    }

    // A machine that does not exist is as meaningless as a mode that does not.
    private void ReadAddress() => url = CalendarUrl.Parse(Navigation.Uri).WithMachines(machines.Select(machine => machine.Id));

    private async Task ReadAddressAsync()
    {
        var before = url;
        ReadAddress();

        // What is being typed is ahead of the address it causes.
        searchText = before.Filter.Text == url.Filter.Text ? searchText : url.Filter.Text ?? "";
        trayText = before.TrayText == url.TrayText ? trayText : url.TrayText ?? "";
        var loading = LoadAsync();
        StateHasChanged();
        await loading;
        StateHasChanged();
    }

    private Task SearchAsync(string text)
    {
        searchText = text;
        return TypedAsync(() => url with { Filter = url.Filter with { Text = Text(text) } });
    }

    private Task SearchTrayAsync(string text)
    {
        trayText = text;
        return TypedAsync(() => url with { TrayText = Text(text) });
    }

    private async Task TypedAsync(Func<CalendarUrl> next)
    {
        var typing = ++typings;
        await Task.Delay(TypingPause, Clock, load.Gone);
        if (typing == typings)
        {
            Navigation.NavigateTo(next().ToString(), replace: true);
        }
    }

    private void Go(CalendarUrl next) => Navigation.NavigateTo(next.ToString());

    private static string? Text(string typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
