using System.Globalization;
using System.Net.Http.Headers;

namespace MaintenanceApp.Notifications;

/// <summary>When the receiver wants to be asked again: <c>Retry-After</c>, RFC 9110 §10.2.3.</summary>
public static class RetryAfterHeader
{
    /// <param name="values">Every value of the header; a receiver that says it twice is taken at its longest word.</param>
    /// <param name="now">For the date form.</param>
    /// <returns>Positive, at most <see cref="RetrySchedule.LongestHold"/>; null when absent, past or not understood.</returns>
    public static TimeSpan? Parse(IEnumerable<string> values, DateTimeOffset now)
    {
        var longest = values.SelectMany(Split).Select(value => Wait(value.Trim(), now)).Max();
        return longest is { Ticks: > 0 } wait ? (wait < RetrySchedule.LongestHold ? wait : RetrySchedule.LongestHold) : null;
    }

    /// <summary>Two lines may arrive joined by a comma (RFC 9110 §5.2); a date has a comma of its own.</summary>
    private static string[] Split(string value) => value.All(letter => char.IsAsciiDigit(letter) || letter is ',' or ' ' or '\t') ? value.Split(',') : [value];

    private static TimeSpan? Wait(string value, DateTimeOffset now)
    {
        if (value.Length > 0 && value.All(char.IsAsciiDigit))
        {
            // More seconds than fit are as good as the cap.
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : RetrySchedule.LongestHold;
        }

        return RetryConditionHeaderValue.TryParse(value, out var parsed) && parsed.Date is { } date ? date - now : null;
    }
}
