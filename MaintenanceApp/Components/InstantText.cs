using System.Globalization;
using MaintenanceApp.Hosting;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components;

/// <summary>Instants in words, at the site's time zone and in the language of the screen. Arguments are UTC.</summary>
public sealed class InstantText(SiteClock clock, IStringLocalizer<SharedTexts> texts, DurationText durations)
{
    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary><c>mercredi 12 novembre 2025, 18 h 59 (HNE)</c>: what a tooltip shows and a document needs.</summary>
    public string Full(DateTime utc) =>
        $"{clock.ToLocal(utc).ToString(texts["DateFull"], Culture)}, {Time(utc)} ({clock.ZoneName(utc, Culture)})";

    /// <summary><c>14 h 32</c>, <c>16 h</c>; <c>14:32</c> in English.</summary>
    public string Time(DateTime utc) => Time(TimeOnly.FromDateTime(clock.ToLocal(utc)));

    /// <summary>The same for a time at the site.</summary>
    public string Time(TimeOnly local) => local.ToString(local.Minute == 0 ? texts["TimeWholeHour"] : texts["TimeFormat"], Culture);

    /// <summary><c>2025-11-12 18 h 59</c>: for tables that people compare.</summary>
    public string Numeric(DateTime utc) => $"{clock.ToLocal(utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\u00a0{Time(utc)}";

    /// <summary><c>mercredi 12 novembre</c>.</summary>
    public string LongDay(DateTime utc) => clock.ToLocal(utc).ToString(texts["DateLongDay"], Culture);

    /// <summary><c>auj. 16 h</c>, <c>demain 8 h</c>, <c>hier 8 h</c>, <c>lun. 10 h 15</c> within three days, else <c>ven. 14 nov. 9 h</c>; the year where it differs.</summary>
    public string Compact(DateTime utc, DateTime now, bool withTime = true)
    {
        var (local, today) = (clock.ToLocal(utc).Date, clock.ToLocal(now).Date);
        var day = (local - today).Days switch
        {
            0 => texts["Today"].Value,
            1 => texts["Tomorrow"].Value,
            -1 => texts["Yesterday"].Value,
            > -3 and < 3 => local.ToString("ddd", Culture),
            _ when local.Year == today.Year => local.ToString(texts["DateShort"], Culture),
            _ => local.ToString(texts["DateShortYear"], Culture),
        };
        day = day.Replace(' ', '\u00a0');
        return withTime ? $"{day} {Time(utc)}" : day;
    }

    /// <summary><c>il y a 3 h</c>, <c>dans 12 min</c>, <c>à l’instant</c>; beyond two days the date.</summary>
    public string Relative(DateTime utc, DateTime now)
    {
        var passed = now - utc;
        return passed.Duration() switch
        {
            { TotalDays: >= 2 } => Compact(utc, now),
            { TotalSeconds: < 45 } => texts["JustNow"],
            _ => texts[passed > TimeSpan.Zero ? "Ago" : "InDuration", durations.Of(passed)],
        };
    }
}
