using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>The order of the tickets still to plan.</summary>
public enum TrayOrder
{
    Priority,
    Oldest,
    Newest,
    Machine,
}

/// <summary>
/// The state of the calendar as its address: <c>/calendar?mode=planner&amp;week=2025-W46</c>, with the filters of the list
/// under the same names. What is as usual is left out.
/// </summary>
public sealed record CalendarUrl
{
    public const string Path = "/calendar";

    private const string DayFormat = "yyyy-MM-dd";
    private const string MonthFormat = "yyyy-MM";
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    /// <summary>Parameters of the list that mean nothing here.</summary>
    private static readonly string[] ListOnly = ["view", "sort", "size", "page"];

    /// <summary>Null = as the screen is wide: planner, or agenda on a phone.</summary>
    public CalendarMode? Mode { get; init; }

    /// <summary>A local day of the period; null = today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>A phone's planner shows <see cref="Day"/> alone, not whichever day of its week is today.</summary>
    public bool NamesDay { get; init; }

    /// <summary>By the day the work was finished instead of the day it was planned for.</summary>
    public bool ByCompletion { get; init; }

    /// <summary>As in the list; every ticket unless a view is named.</summary>
    public TicketFilter Filter { get; init; } = new();

    public TrayOrder TrayOrder { get; init; }

    /// <summary>Words that the tickets still to plan must hold.</summary>
    public string? TrayText { get; init; }

    /// <summary>Whom a phone shows in the planner; null = everybody.</summary>
    public AssigneeFilter? Person { get; init; }

    /// <summary>Rows for people without a ticket too.</summary>
    public bool AllPeople { get; init; }

    /// <summary>Parameters that mean nothing, as written.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Reads the query of an address; never throws.</summary>
    /// <param name="uri">Absolute or not; only what follows <c>?</c> is read.</param>
    public static CalendarUrl Parse(string uri)
    {
        var start = uri.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(start < 0 ? "" : uri[start..].Split('#')[0]);
        var list = TicketListUrl.Parse(uri);
        var hasView = !string.IsNullOrWhiteSpace(query.GetValueOrDefault("view"));
        var ignored = list.Ignored.Where(word => !ListOnly.Skip(1).Any(name => word.StartsWith(name + "=", StringComparison.Ordinal))).ToList();
        var isView = hasView && !ignored.Exists(word => word.StartsWith("view=", StringComparison.Ordinal));
        var url = new CalendarUrl { Filter = list.Filter with { View = isView ? list.Filter.View : null, Sort = [], Page = 1 } };
        foreach (var (name, read) in Readers)
        {
            if (query.GetValueOrDefault(name).FirstOrDefault() is not { } text || string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (read(url, text.Trim()) is { } changed)
            {
                url = changed;
            }
            else
            {
                ignored.Add($"{name}={text}");
            }
        }

        return url with { Ignored = ignored };
    }

    /// <summary>Ignores a machine that is not among <paramref name="ids"/>.</summary>
    public CalendarUrl WithMachines(IEnumerable<int> ids) => Filter.MachineId is { } id && !ids.Contains(id)
        ? this with { Filter = Filter with { MachineId = null }, Ignored = [.. Ignored, $"machine={id}"] }
        : this;

    /// <summary>A group of the tray in the list, with the same filters; where the list has no such view, the nearest wider one.</summary>
    public static string InListOf(TicketFilter filter, TrayReason reason)
    {
        var view = reason switch
        {
            TrayReason.Overdue => TicketView.Overdue,
            TrayReason.NobodyNoDate or TrayReason.Nobody => TicketView.Unassigned,
            TrayReason.NoDate => TicketView.AllOpen,
        };
        var due = reason is TrayReason.NoDate or TrayReason.NobodyNoDate ? TicketDue.NoDate : filter.Due;
        return TicketListUrl.Of(filter with { View = view, Due = due, Sort = TicketListUrl.UsualSort(view), Page = 1, PageSize = TicketListUrl.DefaultPageSize });
    }

    /// <summary>The address that <see cref="Parse"/> reads back as the same state.</summary>
    public override string ToString()
    {
        var list = TicketListUrl.Query(Filter with { Sort = TicketListUrl.UsualSort(Filter.View), Page = 1, PageSize = TicketListUrl.DefaultPageSize });
        var parameters = QueryHelpers.ParseQuery(list)
            .Where(pair => !ListOnly.Contains(pair.Key))
            .Select(pair => (Name: pair.Key, Value: pair.Value.FirstOrDefault()));
        IEnumerable<(string Name, string? Value)> own =
        [
            ("mode", Mode is { } mode ? Snake.Of(mode) : null),
            DayParameter(),
            ("date", ByCompletion ? "completed" : null),
            ("person", Person?.Word),
            ("people", AllPeople ? "all" : null),
            ("tray", TrayOrder == TrayOrder.Priority ? null : Snake.Of(TrayOrder)),
            ("tray_q", string.IsNullOrWhiteSpace(TrayText) ? null : TrayText.Trim()),
            ("view", Filter.View is { } view ? Snake.Of(view) : null),
        ];
        var query = own.Concat(parameters)
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!).Replace("%2C", ",", StringComparison.Ordinal)}");
        return string.Join('&', query) is { Length: > 0 } text ? $"{Path}?{text}" : Path;
    }

    private static Dictionary<string, Func<CalendarUrl, string, CalendarUrl?>> Readers { get; } = new()
    {
        ["mode"] = (url, text) => Snake.TryParse<CalendarMode>(text, out var mode) ? url with { Mode = mode } : null,
        ["month"] = (url, text) => DateOnly.TryParseExact(text, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? At(url, month) : null,
        ["week"] = (url, text) => Monday(text) is { } monday ? At(url, monday) : null,
        ["day"] = (url, text) => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? At(url, day, namesDay: true) : null,
        ["date"] = (url, text) => text switch { "completed" => url with { ByCompletion = true }, "scheduled" => url, _ => null },
        ["person"] = (url, text) => AssigneeFilter.TryParse(text, out var person) && person != AssigneeFilter.Left ? url with { Person = person } : null,
        ["people"] = (url, text) => text == "all" ? url with { AllPeople = true } : null,
        ["tray"] = (url, text) => Snake.TryParse<TrayOrder>(text, out var order) ? url with { TrayOrder = order } : null,
        ["tray_q"] = (url, text) => url with { TrayText = text },
    };

    private static CalendarUrl? At(CalendarUrl url, DateOnly day, bool namesDay = false) =>
        day.Year is >= FirstYear and <= LastYear ? url with { Day = day, NamesDay = namesDay } : null;

    /// <summary>The Monday of an ISO week such as <c>2025-W46</c>.</summary>
    private static DateOnly? Monday(string text)
    {
        if (text.Split("-W") is not [{ Length: 4 } yearWord, { Length: 2 } weekWord]
            || !int.TryParse(yearWord, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(weekWord, NumberStyles.None, CultureInfo.InvariantCulture, out var week)
            || year is < FirstYear or > LastYear || week < 1 || week > ISOWeek.GetWeeksInYear(year))
        {
            return null;
        }

        return DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
    }

    private (string Name, string? Value) DayParameter() => (Mode, Day) switch
    {
        (_, null) => ("day", null),
        (CalendarMode.Month, { } day) => ("month", day.ToString(MonthFormat, CultureInfo.InvariantCulture)),
        (CalendarMode.Planner or CalendarMode.Week, { } day) when !NamesDay => ("week", WeekWord(day)),
        (_, { } day) => ("day", day.ToString(DayFormat, CultureInfo.InvariantCulture)),
    };

    private static string WeekWord(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(date):0000}-W{ISOWeek.GetWeekOfYear(date):00}");
    }
}
