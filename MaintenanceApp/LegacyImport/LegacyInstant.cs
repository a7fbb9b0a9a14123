using System.Globalization;

namespace MaintenanceApp.LegacyImport;

/// <summary>
/// The ways in which the old system wrote an instant: UTC text with a space or a <c>T</c>, with or without seconds, a
/// fraction, <c>Z</c> or an offset; a bare date, which it compared as 00:00 UTC; Unix seconds or milliseconds.
/// </summary>
public static class LegacyInstant
{
    private static readonly string[] Formats = (
        from separator in new[] { "' '", "'T'" }
        from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
        from zone in new[] { "", "zzz" }
        select $"yyyy-MM-dd{separator}{time}{zone}").Append("yyyy-MM-dd").ToArray();

    /// <summary>UTC, to the microsecond (what both databases keep). Null when it is not an instant between 1900 and 2200.</summary>
    public static DateTime? Parse(string text)
    {
        var trimmed = text.Trim();
        if (long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return trimmed.Length switch
            {
                >= 9 and <= 10 => DateTimeOffset.FromUnixTimeSeconds(number).UtcDateTime,
                >= 12 and <= 13 => DateTimeOffset.FromUnixTimeMilliseconds(number).UtcDateTime,
                _ => null,
            };
        }

        var written = trimmed.EndsWith('Z') || trimmed.EndsWith('z') ? trimmed[..^1] + "+00:00" : trimmed;
        if (!DateTimeOffset.TryParseExact(written, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            || instant.Year is < 1900 or > 2200)
        {
            return null;
        }

        return new DateTime(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }

    /// <summary>True when the clock reading as written is the one in UTC: then reading it lost and changed nothing.</summary>
    public static bool IsWrittenInUtc(string text, DateTime instant) =>
        text.Trim().Replace('T', ' ').StartsWith(instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
