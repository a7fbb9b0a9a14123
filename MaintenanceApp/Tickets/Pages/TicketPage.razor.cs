using MaintenanceApp.Live;
using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>One ticket. What is on it comes from <see cref="TicketSession"/>; this page opens it and keeps it fresh.</summary>
public sealed partial class TicketPage
{
    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<MachineRow> machines = [];
    private IReadOnlyList<PersonRow> people = [];
    private TicketPlanning? planning;
    private LiveRefresh? refresh;
    private string? opened;
    private bool isLoaded;

    /// <summary>The number people read, decoded; the row's id works too.</summary>
    [Parameter]
    public string TicketId { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>While the page is prerendered: an unknown number answers 404.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private MachineRow? Machine => machines.FirstOrDefault(row => row.Id == Session.Detail?.Ticket.MachineId);

    public void Dispose()
    {
        Session.Changed -= Show;
        refresh?.Dispose();
        gone.Cancel();
        gone.Dispose();
    }

    protected override void OnInitialized() => Session.Changed += Show;

    protected override async Task OnParametersSetAsync()
    {
        if (opened == TicketId)
        {
            return;
        }

        opened = TicketId;
        machines = await Machines.ListAsync(gone.Token);
        people = await People.PeopleAsync(gone.Token);
        await Session.OpenAsync(TicketId, Actor.From((await Authentication).User), gone.Token);
        isLoaded = true;
        if (Session.Detail is null && Http is { Response.HasStarted: false })
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(
                Live, Clock, () => InvokeAsync(RefreshAsync), typeof(TicketChanged), typeof(NotificationChanged), typeof(MachineChanged));
        }
    }

    private async Task RefreshAsync()
    {
        if (!Session.IsBusy)
        {
            machines = await Machines.ListAsync(gone.Token);
            await Session.ReloadAsync();
        }
    }

    private void Show() => _ = InvokeAsync(StateHasChanged);

    private Task FocusDateAsync() => planning?.FocusDateAsync() ?? Task.CompletedTask;
}
