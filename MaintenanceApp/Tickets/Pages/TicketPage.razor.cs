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
    private PlanDialog? plan;
    private LiveRefresh? refresh;
    private TicketWalk? walk;
    private string? opened;
    private int? seen;
    private int? marking;
    private string? walked;

    /// <summary>The number people read, decoded; the row's id works too.</summary>
    [Parameter]
    public string TicketId { get; set; } = "";

    /// <summary>The view it was opened from, such as <c>/tickets?view=overdue</c>.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>While the page is prerendered: an unknown number answers 404.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private MachineRow? Machine => machines.FirstOrDefault(row => row.Id == Session.Detail?.Ticket.MachineId);

    public void Dispose()
    {
        Session.Changed -= Show;
        Session.Close();
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
        if (From != walked || walk is null)
        {
            walked = From;
            walk = TicketOrigin.List(From) is { } list ? await Walks.AroundAsync(list.Filter, Session.Actor.UserId, gone.Token) : null;
        }

        if (Session.Detail is null && Http is { Response.HasStarted: false })
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(
                Live, Clock, () => InvokeAsync(RefreshAsync), typeof(TicketChanged), typeof(TicketPresenceChanged), typeof(NotificationChanged), typeof(MachineChanged));
        }

        if (Session.IsLoaded && Session.Detail is { Ticket.Id: var id } && seen != id && marking != id)
        {
            // Only now: a prerendered page that nobody looks at has told nobody anything.
            marking = id;
            try
            {
                await Mentions.MarkReadAsync(Session.Actor.UserId, id, gone.Token);
                seen = id;
            }
            finally
            {
                // What failed is tried again with the next drawing.
                marking = null;
            }
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

    private Task PlanAsync() => plan?.OpenAsync() ?? Task.CompletedTask;
}
