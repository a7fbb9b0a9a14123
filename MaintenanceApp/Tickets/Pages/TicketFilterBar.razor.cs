using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The chips' options, and what a chosen one makes of the filter.</summary>
public sealed partial class TicketFilterBar
{
    private static readonly string[] OfferedSorts =
        ["scheduled_date", "-priority", "status", "machine", "title", "-created_at", "created_at", "-updated_at"];

    private ElementReference search;
    private bool isOpen;

    [Parameter, EditorRequired]
    public required TicketFilter Filter { get; set; }

    [Parameter]
    public EventCallback<TicketFilter> FilterChanged { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<MachineRow> Machines { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    /// <summary>Rows found; null before the first answer.</summary>
    [Parameter]
    public int? Total { get; set; }

    /// <summary>What is being typed; the address follows.</summary>
    [Parameter]
    public string SearchText { get; set; } = "";

    [Parameter]
    public EventCallback<string> SearchTextTyped { get; set; }

    /// <summary>Where a filter leads: the list, or another screen with the same filters.</summary>
    [Parameter]
    public Func<TicketFilter, string> Address { get; set; } = TicketListUrl.Of;

    /// <summary>False on screens that place the tickets by their date or status themselves: no choice of dates and of order.</summary>
    [Parameter]
    public bool HasOrder { get; set; } = true;

    private int ChosenCount =>
        (Filter.Statuses.Count > 0 ? 1 : 0) + (Filter.Priorities.Count > 0 ? 1 : 0) + (Filter.MachineId is null ? 0 : 1)
        + (Filter.Assignee is null ? 0 : 1) + (Filter.Due is null ? 0 : 1);

    private List<FilterOption> StatusOptions => Options(Filter.Statuses, status => S[$"Status{status}"]);

    private List<FilterOption> PriorityOptions => Options(Filter.Priorities, priority => S[$"Priority{priority}"]);

    private List<FilterOption> MachineOptions =>
        [.. Machines.Select(machine => new FilterOption(Text.Of(machine.Id)!, MachineLabel.Of(machine.MachineType, machine.Model)!))];

    private List<FilterOption> AssigneeOptions
    {
        get
        {
            List<FilterOption> options =
            [
                new(AssigneeFilter.Mine.Word, L["Me"]),
                new(Text.Of(User.TeamId)!, S["Team"]),
                new(AssigneeFilter.Nobody.Word, L["NobodyOption"]),
                .. People.Select(person => new FilterOption(Text.Of(person.Id)!, person.FullName)),
            ];
            if (Filter.Assignee is { } chosen && options.All(option => option.Value != chosen.Word))
            {
                options.Add(new(chosen.Word, S["FormerAccount"]));
            }

            return options;
        }
    }

    private List<FilterOption> DueOptions => [.. Enum.GetValues<TicketDue>().Select(due => new FilterOption(Snake.Of(due), L[$"Due{due}"]))];

    /// <summary>Null while the order is the view's own.</summary>
    private string? SortWord => string.Join(',', Filter.Sort) is var words && words == string.Join(',', TicketListUrl.UsualSort(Filter.View)) ? null : words;

    private List<FilterOption> SortOptions
    {
        get
        {
            IEnumerable<string> words = SortWord is null || OfferedSorts.Contains(SortWord) ? OfferedSorts : [SortWord, .. OfferedSorts];
            return [.. words.Select(word => new FilterOption(word, SortName(word)))];
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The magnifier of the phone's top bar leads here.
        if (firstRender && Navigation.Uri.Contains("focus=search", StringComparison.Ordinal))
        {
            await search.FocusAsync();
        }
    }

    private static string? Word<T>(IReadOnlyList<T> values)
        where T : struct, Enum => values.Count == 0 ? null : string.Join(',', values.Select(Snake.Of));

    private static T[] Values<T>(string? words)
        where T : struct, Enum => words is null ? [] : [.. words.Split(',').Select(Snake.Parse<T>)];

    private static AssigneeFilter? Assignee(string? word) => AssigneeFilter.TryParse(word, out var assignee) ? assignee : null;

    private static IReadOnlyList<TicketSort> Sort(string? words) => TicketSort.TryParse(words, out var sort) ? sort : [];

    /// <summary>One option a value, and one for the several values an address may name.</summary>
    private static List<FilterOption> Options<T>(IReadOnlyList<T> chosen, Func<T, string> name)
        where T : struct, Enum
    {
        List<FilterOption> options = [.. Enum.GetValues<T>().Select(value => new FilterOption(Snake.Of(value), name(value)))];
        if (chosen.Count > 1)
        {
            options.Add(new(Word(chosen)!, string.Join(", ", chosen.Select(name))));
        }

        return options;
    }

    private string SortName(string words) => TicketSort.TryParse(words, out var sort)
        ? string.Join(", ", sort.Select(StepName))
        : words;

    private string StepName(TicketSort step)
    {
        var direction = step.Descending ? "Down" : "Up";
        return L[$"Sort{step.Column}{direction}"];
    }

    private Task Set(TicketFilter filter) => FilterChanged.InvokeAsync(filter);
}
