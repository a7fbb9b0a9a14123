using System.Globalization;
using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Components;

/// <summary>
/// Reads a day as people type it: <c>2026-11-20</c>, <c>20261120</c>, <c>20/11</c>, <c>20/11/2026</c>, <c>25 déc</c>,
/// <c>1er décembre</c>, <c>December 25, 2026</c>, <c>demain</c>, <c>today</c>, a weekday (the next one after today, also as
/// <c>lundi prochain</c>, <c>next monday</c>; <c>ce lundi</c> may be today; <c>lundi en huit</c> is a week later) and <c>+3</c> (days from today). The
/// words of every language count on every page. Days at the site; years 2000 to 2100.
/// </summary>
public static partial class TypedDay
{
    /// <summary>How a day is stored in an address, sent by a form and shown: ISO order is the Canadian one in both languages.</summary>
    public const string Format = "yyyy-MM-dd";

    private static readonly Dictionary<string, int> Words = new()
    {
        ["avant-hier"] = -2,
        ["hier"] = -1,
        ["yesterday"] = -1,
        ["aujourd'hui"] = 0,
        ["auj"] = 0,
        ["today"] = 0,
        ["demain"] = 1,
        ["tomorrow"] = 1,
        ["apres-demain"] = 2,
    };

    private static readonly Dictionary<string, DayOfWeek> Weekdays = Languages.All
        .SelectMany(culture => Enum.GetValues<DayOfWeek>().SelectMany(day => new[] { culture.DateTimeFormat.GetDayName(day), culture.DateTimeFormat.GetAbbreviatedDayName(day) }
            .Select(name => (Name: SearchText.Fold(name).TrimEnd('.'), Day: day))))
        .DistinctBy(word => word.Name)
        .ToDictionary(word => word.Name, word => word.Day);

    private static readonly (string Name, int Month)[] Months =
    [
        .. Languages.All.SelectMany(culture => Enumerable.Range(1, 12).Select(month => (SearchText.Fold(culture.DateTimeFormat.GetMonthName(month)), month))),
    ];

    /// <summary><c>2026-11-20</c>.</summary>
    public static string Of(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The first such weekday after today.</summary>
    public static DateOnly Next(DayOfWeek weekday, DateOnly today) => today.AddDays(((7 + weekday - today.DayOfWeek - 1) % 7) + 1);

    /// <summary>Null for what is no day, and for a short date that this language reads in two ways.</summary>
    /// <param name="text">Never throws, whatever it holds.</param>
    /// <param name="today">At the site.</param>
    /// <param name="culture">French says the day first; English Canada says both, so <c>03/04</c> is refused there.</param>
    public static DateOnly? Read(string? text, DateOnly today, CultureInfo culture)
    {
        var typed = SearchText.Fold(text).Trim().TrimEnd('.');
        DateOnly? day = null;
        if (Words.TryGetValue(typed, out var distance) || (Distance().IsMatch(typed) && int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out distance)))
        {
            day = today.AddDays(distance);
        }
        else if (Weekdays.TryGetValue(typed, out var weekday))
        {
            day = Next(weekday, today);
        }
        else if (NextWeekday().Match(typed) is { Success: true } next && Weekdays.TryGetValue(next.Groups["weekday"].Value, out weekday))
        {
            // « ce lundi » said on a Monday is that very day.
            day = next.Groups["near"].Success && weekday == today.DayOfWeek ? today : Next(weekday, today).AddDays(next.Groups["week"].Success ? 7 : 0);
        }
        else if (InLetters().Match(typed) is { Success: true } letters)
        {
            day = Month(letters.Groups["month"].Value) is { } month
                ? InYear(letters.Groups["first"].Success ? 1 : Number(letters, "day"), month, letters.Groups["year"].Success ? Number(letters, "year") : null, today)
                : null;
        }
        else if (YearFirst().Match(typed) is { Success: true } whole)
        {
            day = Date(Number(whole, "year"), Number(whole, "month"), Number(whole, "day"));
        }
        else if (Short().Match(typed) is { Success: true } brief)
        {
            day = ReadShort(Number(brief, "a"), Number(brief, "b"), brief.Groups["year"].Success ? Number(brief, "year") : null, today, culture);
        }

        return day is { Year: >= TicketDates.FirstYear and <= TicketDates.LastYear } ? day : null;
    }

    private static DateOnly? ReadShort(int a, int b, int? year, DateOnly today, CultureInfo culture)
    {
        var (dayFirst, monthFirst) = (InYear(a, b, year, today), InYear(b, a, year, today));
        var isAmbiguous = dayFirst is not null && monthFirst is not null && dayFirst != monthFirst;
        return isAmbiguous && culture.TwoLetterISOLanguageName != "fr" ? null : dayFirst ?? monthFirst;
    }

    /// <summary>Without a year the next such day, today included: a day that is typed is planned.</summary>
    private static DateOnly? InYear(int day, int month, int? year, DateOnly today) => year switch
    {
        < 100 => Date(2000 + year.Value, month, day),
        not null => Date(year.Value, month, day),

        // 29 February may be eight years away.
        null => Enumerable.Range(today.Year, 9).Select(candidate => Date(candidate, month, day)).FirstOrDefault(date => date >= today),
    };

    /// <summary>A name or its beginning, of three letters at least, that means one month only.</summary>
    private static int? Month(string typed) =>
        typed.Length >= 3 && Months.Where(month => month.Name.StartsWith(typed, StringComparison.Ordinal)).Select(month => month.Month).Distinct().ToList() is [var one] ? one : null;

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?:next|(?<near>this|ce|cette)) (?<weekday>[a-z]+)|(?<weekday>[a-z]+)\.? (?:prochaine?|(?<week>en (?:8|huit))))$")]
    private static partial Regex NextWeekday();

    [GeneratedRegex(@"^(?:(?:le |the )?(?:(?<day>[0-9]{1,2}) ?(?:er|e|st|nd|rd|th)?|(?<first>premier|first))\.?(?: de\b| of\b)? ?(?<month>[a-z]{3,})\.?|(?<month>[a-z]{3,})\.? (?<day>[0-9]{1,2})(?:er|e|st|nd|rd|th)?)(?:,? (?<year>[0-9]{4}))?$")]
    private static partial Regex InLetters();

    [GeneratedRegex(@"^[+-][0-9]{1,3}$")]
    private static partial Regex Distance();

    [GeneratedRegex(@"^(?<year>[0-9]{4})(?:[-/.](?<month>[0-9]{1,2})[-/.](?<day>[0-9]{1,2})|(?<month>[0-9]{2})(?<day>[0-9]{2}))$")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})[-/.](?<b>[0-9]{1,2})(?:[-/.](?<year>[0-9]{4}|[0-9]{2}))?$")]
    private static partial Regex Short();
}
