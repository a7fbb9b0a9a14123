using MaintenanceApp.Tickets.Pages.Listing;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>Rows, heads that sort (with Shift by one column more), boxes that choose (with Shift up to here).</summary>
public sealed partial class TicketTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<TicketRow> Rows { get; set; }

    /// <summary>For the addresses of heads and rows.</summary>
    [Parameter, EditorRequired]
    public required TicketListUrl Url { get; set; }

    /// <summary>UTC.</summary>
    [Parameter, EditorRequired]
    public required DateTime Now { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter]
    public IReadOnlyList<TicketListColumn> Columns { get; set; } = TicketColumns.Usual;

    /// <summary>By row; rows without any notification are absent.</summary>
    [Parameter]
    public IReadOnlyDictionary<int, SendCounts> Sends { get; set; } = new Dictionary<int, SendCounts>();

    [Parameter, EditorRequired]
    public required TicketPicks Picks { get; set; }

    [Parameter]
    public EventCallback OnPicked { get; set; }

    /// <summary>Rows that the filter does not find any more.</summary>
    [Parameter]
    public IReadOnlySet<int> Gone { get; set; } = new HashSet<int>();

    [Parameter]
    public EventCallback<IReadOnlyList<TicketSort>> OnSort { get; set; }

    [Parameter]
    public EventCallback<(TicketRow Row, ListChange Change)> OnAsk { get; set; }

    private IReadOnlyList<int> Ids => [.. Rows.Select(row => row.Id)];

    /// <summary>Null is the ticket itself: after the priority, before everything else.</summary>
    private IEnumerable<TicketListColumn?> Heads =>
        Columns.Where(column => column == TicketListColumn.Priority).Cast<TicketListColumn?>()
            .Append(null)
            .Concat(Columns.Where(column => column != TicketListColumn.Priority).Cast<TicketListColumn?>());

    private bool IsOwnSort => !Url.Filter.Sort.SequenceEqual(TicketListUrl.UsualSort(Url.Filter.View));

    private static string? ClassOf(TicketListColumn? column) => column is TicketListColumn.Age or TicketListColumn.Sends ? "num" : null;

    private string NameOf(TicketListColumn? column) => column is { } named ? T[$"Column{named}"] : L["Ticket"];

    private string? RowClass(TicketRow row) =>
        (row.TicketId == Url.Open ? "open" : "") + (Gone.Contains(row.Id) ? " gone" : "") is { Length: > 0 } classes ? classes : null;

    private (TicketSort Step, int Number)? StepOf(TicketColumn column)
    {
        for (var index = 0; index < Url.Filter.Sort.Count; index++)
        {
            if (Url.Filter.Sort[index].Column == column && (index == 0 || IsOwnSort))
            {
                return (Url.Filter.Sort[index], index + 1);
            }
        }

        return null;
    }

    // Only the first step is announced: readers know one order a table.
    private string? Direction(TicketColumn? column) => column is { } sorted && StepOf(sorted) is var (step, number) && number == 1
        ? step.Descending ? "descending" : "ascending"
        : null;

    private Task SortAsync(TicketColumn column, bool isMore)
    {
        // The first press shows what matters: most urgent priority, newest.
        var first = new TicketSort(column, Descending: column is TicketColumn.Priority or TicketColumn.CreatedAt or TicketColumn.UpdatedAt);
        var turned = Url.Filter.Sort.FirstOrDefault(step => step.Column == column) is { } step ? step with { Descending = !step.Descending } : first;
        if (!isMore)
        {
            return OnSort.InvokeAsync([Url.Filter.Sort is [var only, ..] && only.Column == column ? turned : first]);
        }

        return OnSort.InvokeAsync(Url.Filter.Sort.Any(step => step.Column == column)
            ? [.. Url.Filter.Sort.Select(step => step.Column == column ? turned : step)]
            : [.. Url.Filter.Sort, first]);
    }

    private void Pick(TicketPicks picks, int id, bool isRange)
    {
        if (isRange)
        {
            picks.Extend(id, Ids);
        }
        else
        {
            picks.Toggle(id, Ids);
        }
    }

    private Task PickAsync(Action<TicketPicks> pick)
    {
        pick(Picks);
        return OnPicked.InvokeAsync();
    }
}
