using System.Globalization;
using System.Text.RegularExpressions;
using MaintenanceApp.Data;

namespace MaintenanceApp.Components;

/// <summary>
/// Reads a time of the day as people type it, French and English alike: <c>15 h 16</c>, <c>15h</c>, <c>15:16</c>,
/// <c>1516</c>, <c>3 pm</c>, <c>3:16 p.m.</c>. A wall clock's time, without a zone.
/// </summary>
public static partial class TypedTime
{
    /// <summary>How a time is handed to a page and sent by a form.</summary>
    public const string Format = "HH:mm";

    /// <summary><c>08:05</c>.</summary>
    public static string Of(TimeOnly time) => time.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Null for what is no time. Never throws, whatever <paramref name="text"/> holds.</summary>
    public static TimeOnly? Read(string? text)
    {
        var typed = SearchText.Fold(text).Trim();
        var match = Digits().Match(typed) is { Success: true } digits ? digits : Parts().Match(typed);
        if (!match.Success)
        {
            return null;
        }

        var (hour, minute) = (Number(match, "h"), Number(match, "m"));
        if (match.Groups["half"].Value is { Length: > 0 } half)
        {
            if (hour is < 1 or > 12)
            {
                return null;
            }

            hour = (hour % 12) + (half[0] == 'p' ? 12 : 0);
        }

        return hour < 24 && minute < 60 ? new TimeOnly(hour, minute) : null;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } digits ? int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<h>[0-9]{1,2})(?<m>[0-9]{2}) ?(?<half>[ap]\.? ?m\.?)?$")]
    private static partial Regex Digits();

    // Some browsers add seconds to what they kept.
    [GeneratedRegex(@"^(?<h>[0-9]{1,2})(?: ?(?:h|heures?|:|\.) ?(?<m>[0-9]{1,2})?(?::[0-9]{2})?)? ?(?<half>[ap]\.? ?m\.?)?$")]
    private static partial Regex Parts();
}
