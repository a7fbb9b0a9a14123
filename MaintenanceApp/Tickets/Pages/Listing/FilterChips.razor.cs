using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>Filters whose chip is not always there.</summary>
public enum FilterField
{
    Due,
    Created,
    CreatedBetween,
    Reporter,
    Notified,
    Acknowledged,
}

/// <summary>The chips' options, and what a chosen one makes of the filter.</summary>
public sealed partial class FilterChips
{
    private const string RangeWord = "range";
    private const string Yes = "yes";
    private const string No = "no";

    private static readonly string[] OfferedSorts =
        ["scheduled_date", "-priority", "status", "machine", "title", "-created_at", "created_at", "-updated_at"];

    private readonly HashSet<FilterField> extra = [];

    [Parameter, EditorRequired]
    public required TicketFilter Filter { get; set; }

    [Parameter]
    public EventCallback<TicketFilter> FilterChanged { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<MachineRow> Machines { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PersonRow> People { get; set; }

    /// <summary>Where a filter leads: the list, or another screen with the same filters.</summary>
    [Parameter]
    public Func<TicketFilter, string> Address { get; set; } = TicketListUrl.Of;

    /// <summary>False on screens that place the tickets by their date or status themselves.</summary>
    [Parameter]
    public bool HasOrder { get; set; } = true;

    /// <summary>Those asked for less often wait behind « + Filtre ».</summary>
    private List<FilterField> Addable => [.. new (FilterField Field, bool IsShown)[]
    {
        (FilterField.Created, Filter.Created is not null || Filter.CreatedBetween is not null || extra.Contains(FilterField.CreatedBetween)),
        (FilterField.Reporter, Filter.Reporter is not null),
        (FilterField.Notified, Filter.Notified is not null),
        (FilterField.Acknowledged, Filter.IsAcknowledged is not null),
    }.Where(offer => !offer.IsShown && !extra.Contains(offer.Field)).Select(offer => offer.Field)];

    private List<FilterOption> StatusOptions => Options<TicketStatus>(status => S[$"Status{status}"]);

    private List<FilterOption> PriorityOptions => Options<TicketPriority>(priority => S[$"Priority{priority}"]);

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
                new(AssigneeFilter.Left.Word, S["PeopleWhoLeft"]),
                .. People.Select(person => new FilterOption(Text.Of(person.Id)!, person.FullName)),
            ];
            if (Filter.Assignee is { } chosen && options.All(option => option.Value != chosen.Word))
            {
                options.Add(new(chosen.Word, S["FormerAccount"]));
            }

            return options;
        }
    }

    private List<FilterOption> ReporterOptions =>
        [new(AssigneeFilter.Mine.Word, L["Me"]), .. People.Select(person => new FilterOption(Text.Of(person.Id)!, person.FullName))];

    private List<FilterOption> DueOptions => [.. Options<TicketDue>(due => L[$"Due{due}"]), new(RangeWord, T["ChooseRange"])];

    private List<FilterOption> CreatedOptions => [.. Options<TicketCreated>(created => T[$"Created{created}"]), new(RangeWord, T["ChooseRange"])];

    private List<FilterOption> NotifiedOptions => Options<TicketNotified>(notified => T[$"Notified{notified}"]);

    private string? AcknowledgedWord => Filter.IsAcknowledged is { } held ? held ? Yes : No : null;

    private List<FilterOption> AcknowledgedOptions => [new(Yes, T["AcknowledgedYes"]), new(No, T["AcknowledgedNo"])];

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

    private static List<string> Words<TValue>(IReadOnlyList<TValue> values)
        where TValue : struct, Enum => [.. values.Select(Snake.Of)];

    private static TValue[] Values<TValue>(IReadOnlyList<string> words)
        where TValue : struct, Enum => [.. words.Select(Snake.Parse<TValue>)];

    private static bool? Acknowledged(string? word) => word is null ? null : word == Yes;

    private static AssigneeFilter? Assignee(string? word) => AssigneeFilter.TryParse(word, out var assignee) ? assignee : null;

    private static IReadOnlyList<TicketSort> Sort(string? words) => TicketSort.TryParse(words, out var sort) ? sort : [];

    private static List<FilterOption> Options<TValue>(Func<TValue, string> name)
        where TValue : struct, Enum => [.. Enum.GetValues<TValue>().Select(value => new FilterOption(Snake.Of(value), name(value)))];

    private string FieldName(FilterField field) => field is FilterField.Created ? L["CreatedAt"] : T[$"{field}"];

    private void Add(string? word)
    {
        if (Enum.TryParse<FilterField>(word, out var field))
        {
            extra.Add(field);
        }
    }

    /// <summary>A value of the list, or two days to be typed.</summary>
    private Task SetDates<TValue>(FilterField range, string? word, Func<TValue?, TicketFilter> with)
        where TValue : struct, Enum
    {
        if (word == RangeWord)
        {
            extra.Add(range);
            return Task.CompletedTask;
        }

        return Set(with(Snake.TryParse<TValue>(word, out var value) ? value : null));
    }

    private Task SetRange(FilterField range, DayRange? days, TicketFilter filter)
    {
        if (days is null)
        {
            extra.Remove(range);
        }

        return Set(filter);
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
