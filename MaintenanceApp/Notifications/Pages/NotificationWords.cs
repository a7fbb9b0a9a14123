using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>Notifications in plain words, in the language of the screen.</summary>
public sealed class NotificationWords(
    IStringLocalizer<NotificationTexts> texts, IStringLocalizer<SharedTexts> shared, DurationText durations, IOptions<NotifierOptions> options)
{
    /// <summary>Attempts a notification gets when every one fails for a transient reason.</summary>
    public int MaxAttempts => options.Value.RetrySchedule.MaxAttempts;

    /// <summary>« Livrée au 3ᵉ essai, en 2 min », « Abandonnée après 8 essais »: the title of a notification.</summary>
    public string Headline(NotificationRow row, DateTime? firstAttemptAt, DateTime? endedAt) => row.Status switch
    {
        NotificationStatus.Delivered when row.AttemptCount > 1 && endedAt - firstAttemptAt is { } took =>
            texts["HeadDeliveredAfter", Ordinal(row.AttemptCount), durations.Of(took)],
        NotificationStatus.Delivered when row.AttemptCount == 1 => texts["HeadDeliveredAtOnce"],
        NotificationStatus.Delivered => texts["HeadDelivered"],
        NotificationStatus.Dead when row.AttemptCount > 1 => texts["HeadDeadAfter", row.AttemptCount],
        NotificationStatus.Dead => texts["HeadDead"],
        NotificationStatus.Cancelled => texts["HeadCancelled"],
        NotificationStatus.Sending => texts["HeadSending", Ordinal(row.AttemptCount)],
        NotificationStatus.Pending when row.IsAside => texts["HeadAside"],
        NotificationStatus.Pending when row.AttemptCount > 0 => texts["HeadRetrying", Ordinal(row.AttemptCount + 1)],
        NotificationStatus.Pending => texts["HeadPending"],
    };

    /// <summary>The ticket's title; a test of the endpoint has none.</summary>
    public string Title(NotificationRow row) => row.TicketTitle ?? texts["EndpointTest"];

    /// <summary>Why it ended without a delivery, or how the last attempt failed; null when there is nothing to explain.</summary>
    public string? Why(NotificationRow row) => row.Status switch
    {
        NotificationStatus.Dead or NotificationStatus.Cancelled when row.Cause is { } cause => Cause(cause),
        NotificationStatus.Pending when row.IsAside => texts["AsideWhy"],
        NotificationStatus.Pending or NotificationStatus.Dead when row.LastOutcome is { } outcome => Outcome(outcome),
        _ => null,
    };

    /// <param name="cause">One of <see cref="NotificationCause"/>.</param>
    public string Cause(string cause) => texts[$"Cause.{cause}"] is { ResourceNotFound: false } known ? known.Value : cause;

    public string Outcome(AttemptOutcome outcome) => texts[$"Outcome{outcome}"];

    /// <summary>How an attempt ended and how far it came, as a sentence: « HTTP 503 : panne chez le récepteur. ».</summary>
    public string Explain(AttemptRow attempt) => attempt.Outcome == AttemptOutcome.Accepted
        ? texts["ExplainAccepted", attempt.DurationMs is { } duration ? Milliseconds(duration) : "–"]
        : texts[$"Explain{attempt.Outcome}{Reached(attempt)}"] is { ResourceNotFound: false } inPhase ? inPhase.Value : Explain(attempt.Outcome, attempt.ResponseStatus);

    /// <param name="outcome">Any but <see cref="AttemptOutcome.Accepted"/>.</param>
    /// <param name="status">The HTTP status; null without an answer.</param>
    public string Explain(AttemptOutcome outcome, int? status) => status is { } code
        ? texts["ExplainAnswer", code, texts[$"Answered{outcome}"] is { ResourceNotFound: false } known ? known.Value : Outcome(outcome)]
        : texts[$"Explain{outcome}"];

    /// <summary>The technical detail of an attempt, or of a notification without an answer; what is no code of ours as it is.</summary>
    public string? Error(string? stored) => AttemptError.Parse(stored) is { } error
        ? texts[$"Error.{Snake.Of(error.Code)}", double.TryParse(error.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds.ToString("0.#", CultureInfo.CurrentCulture) : error.Value ?? ""]
        : stored;

    /// <summary>The phase an attempt ended in: the first one without a time.</summary>
    public static AttemptPhase Reached(AttemptRow attempt) => attempt switch
    {
        { ResponseStatus: not null } => AttemptPhase.Answered,
        { Phases.DnsMs: null } => AttemptPhase.Dns,
        { Phases.ConnectMs: null } => AttemptPhase.Connect,
        { Phases.TlsMs: null, Endpoint: var endpoint } when endpoint?.StartsWith("https:", StringComparison.Ordinal) == true => AttemptPhase.Tls,
        _ => AttemptPhase.Waiting,
    };

    /// <summary><c>HTTP 503</c>, or what happened instead of an answer; null before the first attempt.</summary>
    public string? Answer(int? status, AttemptOutcome? outcome) =>
        status is { } code ? $"HTTP\u00a0{code}" : outcome is { } known ? Outcome(known) : null;

    /// <summary><c>7 / 8</c>; of a finished failure all its attempts; a plain 0 where none will be made by itself.</summary>
    public string Attempts(NotificationRow row) => row is { AttemptCount: 0, AsideCount: > 0 } ? "0"
        : $"{row.AttemptCount}\u00a0/\u00a0{(row.Status == NotificationStatus.Dead ? row.AttemptCount : Math.Max(MaxAttempts, row.AttemptCount))}";

    /// <summary><c>Auto</c> or <c>Manuel · A. Roy</c>.</summary>
    public string Trigger(NotificationRow row) => row.Trigger == NotificationTrigger.Scan
        ? texts["TriggerScanShort"]
        : row.RequestedBy is null ? texts["TriggerResendShort"] : texts["TriggerResendBy", row.RequestedByName ?? shared["FormerAccount"]];

    /// <summary><c>1er</c>, <c>3ᵉ</c>; <c>3rd</c>.</summary>
    public string Ordinal(int number) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr"
        ? $"{number}{(number == 1 ? "ᵉʳ" : "ᵉ")}"
        : $"{number}{(number % 100 is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}";

    /// <summary><c>1 204 ms</c> with the group separator of the language.</summary>
    public static string Milliseconds(int milliseconds) => milliseconds.ToString("N0", CultureInfo.CurrentCulture) + "\u00a0ms";

    /// <summary><c>82 %</c>; in English <c>82%</c>.</summary>
    public static string Percent(double share) => share.ToString("P0", CultureInfo.CurrentCulture).Replace(' ', '\u00a0');

    public static string TicketAddress(string ticketId) => $"/tickets/{Uri.EscapeDataString(ticketId)}";

    /// <summary>The unique end of a number, for lists: <c>20251110-101</c>.</summary>
    public static string Tail(string ticketId) =>
        ticketId.Split('-') is [.., { Length: 8 } day, var number] && day.All(char.IsAsciiDigit) ? $"{day}-{number}" : ticketId;

    /// <summary>The word of a ticket's status as it was in a payload.</summary>
    public string TicketStatus(string word) => shared[$"Status{string.Concat(word.Split('_').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]))}"] is { ResourceNotFound: false } known ? known.Value : word;
}
