using System.Globalization;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Hosting;

/// <summary>The plant's wall clock: converts UTC instants to the site's time zone and back. The only place that does.</summary>
public sealed class SiteClock(TimeProvider clock, IOptions<SiteOptions> site)
{
    // Names people use for Canadian zones (French and English, standard and daylight); others show their offset.
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["America/St_Johns"] = ["HNT", "HAT", "NST", "NDT"],
        ["America/Halifax"] = ["HNA", "HAA", "AST", "ADT"],
        ["America/Toronto"] = ["HNE", "HAE", "EST", "EDT"],
        ["America/Montreal"] = ["HNE", "HAE", "EST", "EDT"],
        ["America/New_York"] = ["HNE", "HAE", "EST", "EDT"],
        ["America/Winnipeg"] = ["HNC", "HAC", "CST", "CDT"],
        ["America/Edmonton"] = ["HNR", "HAR", "MST", "MDT"],
        ["America/Vancouver"] = ["HNP", "HAP", "PST", "PDT"],
    };

    public TimeZoneInfo Zone { get; } = site.Value.GetTimeZone();

    /// <summary>Now, UTC.</summary>
    public DateTime UtcNow => clock.GetUtcNow().UtcDateTime;

    /// <summary>Today at the site.</summary>
    public DateOnly Today => DateOnly.FromDateTime(ToLocal(UtcNow));

    /// <summary>UTC to the site's wall clock (Kind Unspecified).</summary>
    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>
    /// The site's wall clock to UTC. A time that the change to daylight saving skips moves one hour later; one that
    /// happens twice is the first of the two.
    /// </summary>
    public DateTime ToUtc(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>From midnight to midnight at the site, as UTC instants; the end is exclusive.</summary>
    public (DateTime Start, DateTime End) DayOf(DateOnly day) =>
        (ToUtc(day.ToDateTime(TimeOnly.MinValue)), ToUtc(day.AddDays(1).ToDateTime(TimeOnly.MinValue)));

    /// <summary>The zone's short name at that instant: <c>HNE</c>, <c>EDT</c>, or <c>UTC+1</c> where there is none.</summary>
    public string ZoneName(DateTime utc, CultureInfo culture)
    {
        var local = Zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        if (Names.TryGetValue(Zone.Id, out var names))
        {
            var isDaylight = local != Zone.BaseUtcOffset ? 1 : 0;
            return names[(culture.TwoLetterISOLanguageName == "fr" ? 0 : 2) + isDaylight];
        }

        return $"UTC{(local < TimeSpan.Zero ? '−' : '+')}{Math.Abs(local.TotalHours).ToString("0.##", culture)}";
    }
}
