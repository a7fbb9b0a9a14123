using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace MaintenanceApp.Tickets.Board;

/// <summary>
/// The state of the board as its address: the list's filters (see <see cref="TicketListUrl"/>) and what only a board has,
/// <c>/board?machine=5&amp;lanes=assignee&amp;column=diagnostic&amp;archived=shown</c>.
/// </summary>
/// <param name="List">The list's part.</param>
/// <param name="Lanes">Null = one row.</param>
/// <param name="Column">The one that a phone shows.</param>
/// <param name="ShowsArchived">Whether the archive is unfolded.</param>
public sealed record BoardUrl(TicketListUrl List, BoardLaneKind? Lanes, TicketStatus Column, bool ShowsArchived)
{
    public const string Path = "/board";

    private const string Shown = "shown";

    public TicketFilter Filter => List.Filter;

    public BoardQuestion Question => new(Filter, Lanes, ShowsArchived);

    /// <summary>Reads the query of an address; never throws.</summary>
    public static BoardUrl Parse(string uri)
    {
        var start = uri.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(start < 0 ? "" : uri[start..].Split('#')[0]);
        string? Word(string name) => query.GetValueOrDefault(name).FirstOrDefault();
        var list = TicketListUrl.Parse(uri);
        var column = Snake.TryParse<TicketStatus>(Word("column"), out var asked) ? asked : list.Filter.Statuses.FirstOrDefault(TicketStatus.Received);
        return new BoardUrl(
            list with { Filter = list.Filter with { Page = 1 } },
            Snake.TryParse<BoardLaneKind>(Word("lanes"), out var lanes) ? lanes : null,
            column,
            Word("archived") == Shown);
    }

    /// <summary>The board with the list's filters and its saved view.</summary>
    public static string Of(TicketListUrl list) => list.SharedQuery is { Length: > 0 } query ? $"{Path}?{query}" : Path;

    public BoardUrl With(TicketFilter filter) => this with { List = List with { Filter = filter } };

    /// <summary>The address that <see cref="Parse"/> reads back as the same.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] own =
        [
            ("lanes", Lanes is { } lanes ? Snake.Of(lanes) : null),
            ("column", Column == TicketStatus.Received ? null : Snake.Of(Column)),
            ("archived", ShowsArchived ? Shown : null),
        ];
        var address = Of(List);
        foreach (var (name, value) in own.Where(parameter => parameter.Value is not null))
        {
            address += $"{(address == Path ? '?' : '&')}{name}={value}";
        }

        return address;
    }

    /// <summary>The list's rows that a number on the board counts.</summary>
    /// <param name="status">Null = every column.</param>
    /// <param name="lane">Null = every row.</param>
    public string ListOf(TicketStatus? status = null, BoardLane? lane = null)
    {
        var filter = Filter with { View = Filter.View ?? (status is null ? TicketView.AllOpen : null) };
        if (status is { } column)
        {
            var isFinished = TicketRules.IsFinished(column);
            filter = filter with { Statuses = [column], View = isFinished && filter.View == TicketView.AllOpen ? null : filter.View };
        }

        // The order of one view says nothing in another.
        filter = filter.View != Filter.View && filter.Sort.SequenceEqual(TicketListUrl.UsualSort(Filter.View)) ? filter with { Sort = [] } : filter;
        filter = (Lanes, lane) switch
        {
            (BoardLaneKind.Machine, { Key: { } id }) => filter with { MachineId = id },
            (BoardLaneKind.Assignee, { } row) => filter with { Assignee = row.Key is { } id ? AssigneeFilter.Person(id) : AssigneeFilter.Nobody },
            (BoardLaneKind.Priority, { Key: { } id }) => filter with { Priorities = [(TicketPriority)id] },
            _ => filter,
        };
        return TicketListUrl.Of(filter);
    }

    /// <summary>The list's late rows among those on the board.</summary>
    public string LateListOf(TicketStatus? status = null)
    {
        var filter = status is { } column ? Filter with { Statuses = [column] } : Filter;
        return TicketListUrl.Of(filter.View is null or TicketView.AllOpen ? filter with { View = TicketView.Overdue } : filter with { Due = TicketDue.Overdue });
    }
}
