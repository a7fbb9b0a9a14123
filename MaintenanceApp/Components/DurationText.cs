using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components;

/// <summary>
/// Durations as people say them, two units at most: <c>2 j 19 h</c>, <c>22 h</c>, <c>1 h 28</c>, <c>42 min</c>, <c>30 s</c>.
/// Minutes are left out from six hours on, hours from ten days on. wwwroot/js/app.js counts the same way.
/// </summary>
public sealed class DurationText(IStringLocalizer<SharedTexts> texts)
{
    private const char NoBreakSpace = '\u00a0';

    /// <summary>Always positive: the sign is for the sentence around it to say.</summary>
    public string Of(TimeSpan duration)
    {
        var span = duration.Duration();
        var (day, hour) = (texts["UnitDay"].Value, texts["UnitHour"].Value);
        return span switch
        {
            { TotalMinutes: < 1 } => Number(span.Seconds, "s"),
            { TotalHours: < 1 } => Number(span.Minutes, "min"),
            { TotalHours: < 6, Minutes: > 0 } => Number(span.Hours, hour) + NoBreakSpace + span.Minutes.ToString("00", CultureInfo.InvariantCulture),
            { TotalDays: < 1 } => Number(span.Hours, hour),
            { TotalDays: < 10, Hours: > 0 } => Number(span.Days, day) + NoBreakSpace + Number(span.Hours, hour),
            _ => Number(span.Days, day),
        };
    }

    private static string Number(int number, string unit) => number.ToString(CultureInfo.InvariantCulture) + NoBreakSpace + unit;
}
