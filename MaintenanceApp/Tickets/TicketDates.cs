using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;

namespace MaintenanceApp.Tickets;

/// <summary>
/// Reads the dates people and programs give for the work. Three forms, nothing else: <c>yyyy-MM-dd HH:mm:ss</c> in UTC
/// (the stored form), ISO 8601 with <c>Z</c> or an offset, and a bare <c>yyyy-MM-dd</c>, which means the end of that
/// day at the site. Years 2000 to 2100.
/// </summary>
public sealed partial class TicketDates(SiteClock site)
{
    /// <summary>The first year in which work is planned.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last one.</summary>
    public const int LastYear = 2100;

    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>False when <paramref name="text"/> is none of the three forms or not a date of the calendar.</summary>
    /// <param name="text">Null and blank mean "no date" and are valid.</param>
    /// <param name="scheduledDate">UTC; null = no date.</param>
    public bool TryParse(string? text, out DateTime? scheduledDate)
    {
        scheduledDate = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        if (TryParseDay(text.Trim(), out var day))
        {
            scheduledDate = EndOf(day);
            return true;
        }

        var isInstant = TryParseInstant(text.Trim(), out var instant);
        scheduledDate = isInstant ? instant : null;
        return isInstant;
    }

    /// <summary>For text that <see cref="ScheduledDateAttribute"/> has accepted.</summary>
    /// <exception cref="FormatException">It is none of the three forms.</exception>
    public DateTime? Parse(string? text) =>
        TryParse(text, out var scheduledDate) ? scheduledDate : throw new FormatException(ScheduledDateAttribute.Message);

    /// <summary>The last second of the day at the site, as UTC: the work is late when the next day begins there.</summary>
    public DateTime EndOf(DateOnly day) => site.DayOf(day).End.AddSeconds(-1);

    /// <summary>Whether <see cref="TryParse"/> would accept it, without knowing the site.</summary>
    public static bool IsValid(string? text) =>
        string.IsNullOrWhiteSpace(text) || TryParseDay(text.Trim(), out _) || TryParseInstant(text.Trim(), out _);

    /// <summary>For instants that did not come as text.</summary>
    /// <param name="instant">UTC; null = no date.</param>
    /// <exception cref="InvalidInputException">A year outside <see cref="FirstYear"/> to <see cref="LastYear"/>.</exception>
    public static void RequireInRange(DateTime? instant)
    {
        if (instant is { } at && !IsInRange(at.Year))
        {
            throw new InvalidInputException("ScheduledDate", $"La date doit être entre les années {FirstYear} et {LastYear}");
        }
    }

    private static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && IsInRange(day.Year);

    private static bool TryParseInstant(string text, out DateTime instant)
    {
        // The stored form names no zone and is UTC; an ISO form without one would depend on the reader, so it is refused.
        var isRead = DateTimeOffset.TryParseExact(
                text, Text.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
            || (OffsetAtEnd().IsMatch(text) && DateTimeOffset.TryParseExact(
                text.ToUpperInvariant(), IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out read));
        instant = read.UtcDateTime;
        return isRead && IsInRange(instant.Year);
    }

    private static bool IsInRange(int year) => year is >= FirstYear and <= LastYear;

    [GeneratedRegex(@"(Z|[+-]\d{2}:?\d{2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OffsetAtEnd();
}

/// <summary>Accepts what <see cref="TicketDates"/> can read.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ScheduledDateAttribute() : ValidationAttribute(Message)
{
    public const string Message =
        "Date planifiée invalide : utilisez aaaa-mm-jj, aaaa-mm-jj hh:mm:ss (UTC) ou ISO 8601 avec Z ou un décalage";

    public override bool IsValid(object? value) => value is null || (value is string text && TicketDates.IsValid(text));
}
