using System.Globalization;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.WebUtilities;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// The state of the list as its address: <c>/tickets?view=overdue&amp;machine=5&amp;sort=-priority&amp;page=2</c>. The same
/// address shows a colleague the same rows. What is as usual is left out, but for a view: <c>/tickets</c> alone opens what
/// the reader chose to open it with.
/// </summary>
/// <param name="Filter">Never without a sort.</param>
/// <param name="Ignored">Parameters that mean nothing, as written (<c>status=foo</c>): the page says so.</param>
public sealed record TicketListUrl(TicketFilter Filter, IReadOnlyList<string> Ignored)
{
    public const int DefaultPageSize = TicketFilter.DefaultPageSize;

    /// <summary>The view that is every ticket, finished ones too.</summary>
    public const string EveryTicket = "all";

    /// <summary>The open tickets, whatever the reader opens the list with.</summary>
    public static string AllOpen { get; } = Of(new TicketFilter { View = TicketView.AllOpen });

    public static IReadOnlyList<int> PageSizes { get; } = [25, DefaultPageSize, 100];

    private static readonly Dictionary<string, Func<TicketFilter, string, TicketFilter?>> Readers = new()
    {
        ["view"] = ReadView,
        ["q"] = (filter, text) => filter with { Text = text.Trim() },
        ["status"] = (filter, text) => Words<TicketStatus>(text) is { } values ? filter with { Statuses = values } : null,
        ["priority"] = (filter, text) => Words<TicketPriority>(text) is { } values ? filter with { Priorities = values } : null,
        ["machine"] = (filter, text) => Number(text) is { } id ? filter with { MachineId = id } : null,
        ["assignee"] = (filter, text) => AssigneeFilter.TryParse(text, out var assignee) ? filter with { Assignee = assignee } : null,
        ["due"] = (filter, text) => Snake.TryParse<TicketDue>(text, out var due) ? filter with { Due = due }
            : DayRange.TryParse(text, out var days) ? filter with { DueBetween = days } : null,
        ["created"] = (filter, text) => Snake.TryParse<TicketCreated>(text, out var created) ? filter with { Created = created }
            : DayRange.TryParse(text, out var days) ? filter with { CreatedBetween = days } : null,
        ["reporter"] = (filter, text) => AssigneeFilter.TryParse(text, out var reporter) && reporter != AssigneeFilter.Nobody && reporter != AssigneeFilter.Left ? filter with { Reporter = reporter } : null,
        ["notified"] = (filter, text) => Snake.TryParse<TicketNotified>(text, out var notified) ? filter with { Notified = notified } : null,
        ["acknowledged"] = (filter, text) => text.Trim() switch
        {
            "yes" => filter with { IsAcknowledged = true },
            "no" => filter with { IsAcknowledged = false },
            _ => null,
        },
        ["sort"] = (filter, text) => TicketSort.TryParse(text, out var sort) ? filter with { Sort = sort } : null,
        ["size"] = (filter, text) => Number(text) is { } size && PageSizes.Contains(size) ? filter with { PageSize = size } : null,
        ["page"] = (filter, text) => Number(text) is { } page ? filter with { Page = page } : null,
    };

    /// <summary>Reads the query of an address; never throws. Of a parameter written twice the first counts.</summary>
    /// <param name="uri">Absolute or not; only what follows <c>?</c> is read.</param>
    public static TicketListUrl Parse(string uri)
    {
        var start = uri.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(start < 0 ? "" : uri[start..].Split('#')[0]);

        // Without a view, a search is for every ticket: that is what the box in the top bar asks.
        var isSearch = !string.IsNullOrWhiteSpace(query.GetValueOrDefault("q"));
        var filter = new TicketFilter { View = isSearch ? null : TicketView.AllOpen, PageSize = DefaultPageSize };
        var ignored = new List<string>();
        foreach (var (name, read) in Readers)
        {
            var text = query.GetValueOrDefault(name).FirstOrDefault();
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (read(filter, text) is { } changed)
            {
                filter = changed;
            }
            else
            {
                ignored.Add($"{name}={text}");
            }
        }

        string? Word(string name) => Blank.ToNull(query.GetValueOrDefault(name).FirstOrDefault());
        if (Word("saved") is { } saved && Number(saved) is null)
        {
            ignored.Add($"saved={saved}");
        }

        if (!TicketColumns.TryParse(Word("cols"), out var columns))
        {
            ignored.Add($"cols={Word("cols")}");
        }

        return new TicketListUrl(filter.Sort is [] ? filter with { Sort = UsualSort(filter.View) } : filter, ignored)
        {
            SavedView = Number(Word("saved") ?? ""),
            Columns = columns,
            Open = Word("open"),
        };
    }

    /// <summary>The ticket in the panel beside the list: its number; null = no panel.</summary>
    public string? Open { get; init; }

    /// <summary>The saved view it started from; the rows are those of the filter.</summary>
    public int? SavedView { get; init; }

    /// <summary>Null = as the person likes them.</summary>
    public IReadOnlyList<TicketListColumn>? Columns { get; init; }

    /// <summary>Whether the address says nothing: the list then opens as the reader chose.</summary>
    public static bool IsBare(string uri) => uri.Split('#')[0].Split('?', 2) is not [_, { Length: > 0 }];

    /// <summary>What another screen with the same views keeps of it: everything but the page and the panel.</summary>
    public string SharedQuery => Query(Filter with { Page = 1 }, [("cols", TicketColumns.Word(Columns)), ("saved", Text.Of(SavedView))]);

    /// <summary>What a saved view keeps: everything but the page and the panel.</summary>
    public string SavedQuery => Query(Filter with { Page = 1 }, [("cols", TicketColumns.Word(Columns))]);

    /// <summary>The address of another filter in the same saved view with the same columns; the panel closes.</summary>
    public string To(TicketFilter filter) => Address(filter, null);

    /// <summary>The same rows with this ticket in the panel; null closes it.</summary>
    public string ToOpen(string? ticketId) => Address(Filter, ticketId);

    /// <summary>The address of a ticket's own page, which leads back here.</summary>
    public string ToPage(string ticketId) => $"{TicketUrl.Of(ticketId)}?from={Uri.EscapeDataString(ToOpen(null))}";

    /// <summary>A built-in view with nothing else asked; null is every ticket.</summary>
    public static TicketListUrl OfView(TicketView? view) => new(new TicketFilter { View = view, Sort = UsualSort(view), PageSize = DefaultPageSize }, []);

    /// <summary>A saved view.</summary>
    /// <param name="id">The row's id.</param>
    /// <param name="query">As <see cref="SavedQuery"/>.</param>
    public static TicketListUrl OfSaved(int id, string query) => Parse("?" + query) with { SavedView = id };

    /// <summary>Ignores a machine that is not among <paramref name="ids"/>.</summary>
    public TicketListUrl WithMachines(IEnumerable<int> ids) => Filter.MachineId is { } id && !ids.Contains(id)
        ? new(Filter with { MachineId = null }, [.. Ignored, $"machine={id}"])
        : this;

    /// <summary>The address that <see cref="Parse"/> reads back as the same filter.</summary>
    public static string Of(TicketFilter filter) => Address(Query(filter));

    /// <summary>The same without the path and the question mark, for other screens and for the export.</summary>
    public static string Query(TicketFilter filter) => Query(filter, []);

    private string Address(TicketFilter filter, string? open) =>
        Address(Query(filter, [("cols", TicketColumns.Word(Columns)), ("saved", Text.Of(SavedView)), ("open", open)]));

    private static string Address(string query) => $"{TicketUrl.List}?{(query.Length > 0 ? query : $"view={Snake.Of(TicketView.AllOpen)}")}";

    private static string Query(TicketFilter filter, IEnumerable<(string Name, string? Value)> others)
    {
        var hasText = !string.IsNullOrWhiteSpace(filter.Text);
        var usualView = hasText ? (TicketView?)null : TicketView.AllOpen;
        var usualSort = Join(UsualSort(filter.View));
        (string Name, string? Value)[] parameters =
        [
            ("view", filter.View == usualView ? null : filter.View is { } view ? Snake.Of(view) : EveryTicket),
            ("q", hasText ? filter.Text!.Trim() : null),
            ("status", Join(filter.Statuses.Select(Snake.Of))),
            ("priority", Join(filter.Priorities.Select(Snake.Of))),
            ("machine", Text.Of(filter.MachineId)),
            ("assignee", filter.Assignee?.Word),
            ("due", filter.Due is { } due ? Snake.Of(due) : filter.DueBetween?.ToString()),
            ("created", filter.Created is { } created ? Snake.Of(created) : filter.CreatedBetween?.ToString()),
            ("reporter", filter.Reporter?.Word),
            ("notified", filter.Notified is { } notified ? Snake.Of(notified) : null),
            ("acknowledged", filter.IsAcknowledged switch { true => "yes", false => "no", null => null }),
            ("sort", filter.Sort is [] || Join(filter.Sort) == usualSort ? null : Join(filter.Sort)),
            ("size", filter.PageSize == DefaultPageSize ? null : Text.Of(filter.PageSize)),
            ("page", filter.Page > 1 ? Text.Of(filter.Page) : null),
        ];
        return string.Join('&', parameters.Concat(others)
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!).Replace("%2C", ",", StringComparison.Ordinal)}"));
    }

    /// <summary>The order of a view when none is asked: the most urgent first, finished ones by their end.</summary>
    public static IReadOnlyList<TicketSort> UsualSort(TicketView? view) => view switch
    {
        null => [new TicketSort(TicketColumn.UpdatedAt, Descending: true)],
        TicketView.CompletedRecently => [new TicketSort(TicketColumn.CompletedAt, Descending: true)],
        _ => [new TicketSort(TicketColumn.ScheduledDate), new TicketSort(TicketColumn.Priority, Descending: true)],
    };

    private static TicketFilter? ReadView(TicketFilter filter, string text) =>
        text.Trim() == EveryTicket ? filter with { View = null }
        : Snake.TryParse<TicketView>(text, out var view) ? filter with { View = view }
        : null;

    private static List<T>? Words<T>(string text)
        where T : struct, Enum
    {
        var values = new List<T>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Snake.TryParse<T>(word, out var value))
            {
                return null;
            }

            values.Add(value);
        }

        return [.. values.Distinct()];
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static string Join<T>(IEnumerable<T> values) => string.Join(',', values);
}
