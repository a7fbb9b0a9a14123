using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>The state of the list as its address: <c>/notifications?view=failed&amp;period=7d&amp;page=2</c>. What is as usual is left out.</summary>
public sealed record NotificationListUrl
{
    public const string Path = "/notifications";
    public const int PageSize = 25;

    /// <summary>Rolling periods and their length; <see cref="From"/> and <see cref="To"/> are for chosen days.</summary>
    public static readonly IReadOnlyDictionary<string, TimeSpan> Periods = new Dictionary<string, TimeSpan>
    {
        ["24h"] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    public NotificationView View { get; init; }

    public string? Ticket { get; init; }

    public NotificationStatus? Status { get; init; }

    public NotificationTrigger? Trigger { get; init; }

    /// <summary>A key of <see cref="Periods"/>.</summary>
    public string? Period { get; init; }

    /// <summary>First local day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last local day.</summary>
    public DateOnly? To { get; init; }

    public string? Run { get; init; }

    /// <summary>Those that waited in it, in the order in which they went out.</summary>
    public Outage? Outage { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>More than the tab itself: an empty list then means « no result ».</summary>
    public bool IsNarrowed => this with { View = default, Page = 1 } != new NotificationListUrl();

    /// <summary>Reads the query of an address; what means nothing is left out.</summary>
    public static NotificationListUrl Parse(
        string? view, string? ticket, string? status, string? trigger, string? period, string? from, string? to, string? run, int? page, string? outage = null) => new()
        {
            View = Snake.TryParse<NotificationView>(view, out var tab) ? tab : default,
            Ticket = Blank.ToNull(ticket),
            Status = Snake.TryParse<NotificationStatus>(status, out var wanted) ? wanted : null,
            Trigger = Snake.TryParse<NotificationTrigger>(trigger, out var by) ? by : null,
            Period = period is not null && Periods.ContainsKey(period) ? period : null,
            From = Day(from),
            To = Day(to),
            Run = Blank.ToNull(run),
            Outage = Outage.Parse(outage),
            Page = page is > 1 ? page.Value : 1,
        };

    public static string Of(int id) => $"{Path}/{id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The address that <see cref="Parse"/> reads back.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] parameters =
        [
            ("view", View == default ? null : Snake.Of(View)),
            ("ticket", Ticket),
            ("status", Status is { } status ? Snake.Of(status) : null),
            ("trigger", Trigger is { } trigger ? Snake.Of(trigger) : null),
            ("period", Period),
            ("from", Of(From)),
            ("to", Of(To)),
            ("run", Run),
            ("outage", Outage?.ToString()),
            ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
        ];
        var query = string.Join('&', parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }

    public NotificationFilter ToFilter(SiteClock site) => new()
    {
        View = View,
        Ticket = Ticket,
        Status = Status,
        Trigger = Trigger,
        RunId = Run,
        Outage = Outage,
        From = From is { } from ? site.DayOf(from).Start : Period is { } period ? site.UtcNow - Periods[period] : null,
        To = To is { } to ? site.DayOf(to).End : null,
        Page = Page,
        PageSize = PageSize,
    };

    internal static string? Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000 ? day : null;
}
