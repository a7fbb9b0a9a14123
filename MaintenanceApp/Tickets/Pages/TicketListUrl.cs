using System.Globalization;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.WebUtilities;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>
/// The state of the list as its address: <c>/tickets?view=overdue&amp;machine=5&amp;sort=-priority&amp;page=2</c>. The same
/// address shows a colleague the same rows. What is as usual is left out.
/// </summary>
/// <param name="Filter">Never without a sort.</param>
/// <param name="Ignored">Parameters that mean nothing, as written (<c>status=foo</c>): the page says so.</param>
public sealed record TicketListUrl(TicketFilter Filter, IReadOnlyList<string> Ignored)
{
    public const int DefaultPageSize = TicketFilter.DefaultPageSize;

    /// <summary>The view that is every ticket, finished ones too.</summary>
    public const string EveryTicket = "all";

    public static IReadOnlyList<int> PageSizes { get; } = [25, DefaultPageSize, 100];

    private static readonly Dictionary<string, Func<TicketFilter, string, TicketFilter?>> Readers = new()
    {
        ["view"] = ReadView,
        ["q"] = (filter, text) => filter with { Text = text.Trim() },
        ["status"] = (filter, text) => Words<TicketStatus>(text) is { } values ? filter with { Statuses = values } : null,
        ["priority"] = (filter, text) => Words<TicketPriority>(text) is { } values ? filter with { Priorities = values } : null,
        ["machine"] = (filter, text) => Number(text) is { } id ? filter with { MachineId = id } : null,
        ["assignee"] = (filter, text) => AssigneeFilter.TryParse(text, out var assignee) ? filter with { Assignee = assignee } : null,
        ["due"] = (filter, text) => Snake.TryParse<TicketDue>(text, out var due) ? filter with { Due = due } : null,
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

        return new TicketListUrl(filter.Sort is [] ? filter with { Sort = UsualSort(filter.View) } : filter, ignored);
    }

    /// <summary>Ignores a machine that is not among <paramref name="ids"/>.</summary>
    public TicketListUrl WithMachines(IEnumerable<int> ids) => Filter.MachineId is { } id && !ids.Contains(id)
        ? new(Filter with { MachineId = null }, [.. Ignored, $"machine={id}"])
        : this;

    /// <summary>The address that <see cref="Parse"/> reads back as the same filter.</summary>
    public static string Of(TicketFilter filter)
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
            ("due", filter.Due is { } due ? Snake.Of(due) : null),
            ("sort", filter.Sort is [] || Join(filter.Sort) == usualSort ? null : Join(filter.Sort)),
            ("size", filter.PageSize == DefaultPageSize ? null : Text.Of(filter.PageSize)),
            ("page", filter.Page > 1 ? Text.Of(filter.Page) : null),
        ];
        var query = parameters
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!).Replace("%2C", ",", StringComparison.Ordinal)}");
        return string.Join('&', query) is { Length: > 0 } text ? $"{TicketUrl.List}?{text}" : TicketUrl.List;
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
