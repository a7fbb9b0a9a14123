using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Machines.Pages;

/// <summary>The register. A plant has few machines: they are read at once and filtered here; the filter is the address.</summary>
public sealed partial class MachinesPage(
    MachineQueries machines, MachineTicketCounts counts, LiveUpdates live, TimeProvider clock, ILogger<MachinesPage> logger)
{
    private readonly PageLoad load = new(logger);
    private IReadOnlyList<MachineCard>? cards;
    private MachineDialog? dialog;
    private LiveRefresh? refresh;
    private string typed = "";

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Location { get; set; }

    [SupplyParameterFromQuery]
    public string? Late { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private MachineListUrl Address => MachineListUrl.Parse(Text, Status, Location, Late);

    private IReadOnlyList<MachineCard> Shown => [.. (Address with { Text = Blank.ToNull(typed) }).Of(cards ?? [])];

    private List<FilterOption> States => [.. Enum.GetValues<MachineStatus>().Select(status => new FilterOption(Snake.Of(status), S[$"Machine{status}"]))];

    private List<FilterOption> LateOptions => [new FilterOption("yes", L["LateYes"])];

    private List<FilterOption> Locations =>
    [
        .. (cards ?? []).Select(card => card.Machine.Location).OfType<string>().Distinct()
            .OrderBy(SearchText.Fold, StringComparer.Ordinal).Select(location => new FilterOption(location, location)),
    ];

    public void Dispose()
    {
        refresh?.Dispose();
        load.Dispose();
    }

    protected override async Task OnInitializedAsync() => await LoadAsync();

    protected override void OnParametersSet() => typed = Address.Text ?? "";

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(live, clock, () => InvokeAsync(RefreshAsync), typeof(MachineChanged), typeof(TicketChanged));
        }
    }

    private Task LoadAsync() => load.RunAsync("The list of machines", async gone =>
    {
        var rows = await machines.ListAsync(gone);
        var tickets = await counts.ReadAsync(gone);
        return () => cards = [.. rows.Select(row => new MachineCard(row, tickets.GetValueOrDefault(row.Id) ?? MachineTickets.None))];
    });

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
        StateHasChanged();
    }

    private void Search(string? text)
    {
        typed = text ?? "";
        Navigation.NavigateTo((Address with { Text = Blank.ToNull(typed) }).ToString(), replace: true);
    }

    private void Go(MachineListUrl address) => Navigation.NavigateTo(address.ToString());

    private async Task AddAsync()
    {
        if (await dialog!.AskAsync(null, Actor.From((await Authentication).User)) is { } created)
        {
            Navigation.NavigateTo(MachineListUrl.Of(created));
        }
    }
}
