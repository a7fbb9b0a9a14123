namespace MaintenanceApp.Notifications;

/// <summary>How an attempt ended and what the receiver said: the sender returns it and never throws.</summary>
/// <param name="Outcome">The class that decides about a retry.</param>
/// <param name="Duration">From the start to the last byte read or the failure.</param>
public sealed record AttemptResult(AttemptOutcome Outcome, TimeSpan Duration)
{
    /// <summary>An <see cref="AttemptError"/>, or <c>HTTP 503 …</c> of an answer; null when accepted.</summary>
    public string? Error { get; init; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>One a line, bounded, secrets redacted.</summary>
    public string? Headers { get; init; }

    /// <summary>The first characters of the answer.</summary>
    public string? Body { get; init; }

    /// <summary>What the receiver asked for, capped; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The request left: without an answer, nobody knows whether it was taken.</summary>
    public bool BytesSent { get; init; }

    public string? RemoteAddress { get; init; }

    public AttemptPhases Phases { get; init; } = new(null, null, null, null);

    /// <summary>Why a <see cref="AttemptOutcome.Cancelled"/> one did not leave.</summary>
    public SendRefusal? Refusal { get; init; }

    /// <summary>Sent and not answered: the receiver may or may not have taken it.</summary>
    public bool IsUnknown => Outcome == AttemptOutcome.Unknown || (BytesSent && Status is null);

    public bool IsConfigurationFault => IsFault(Outcome);

    /// <summary>It may go away by itself; the breaker counts these.</summary>
    public bool IsTransient => Outcome is AttemptOutcome.Unknown or AttemptOutcome.Dns or AttemptOutcome.Connect or AttemptOutcome.Timeout
        or AttemptOutcome.Reset or AttemptOutcome.RateLimited or AttemptOutcome.ServerError;

    /// <summary>Only a person can mend it: the URL, the workflow behind it or a certificate.</summary>
    public static bool IsFault(AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Redirect or AttemptOutcome.Rejected or AttemptOutcome.Tls or AttemptOutcome.BlockedAddress;

    /// <summary>The class of an HTTP status: 2xx only is success (Standard Webhooks 1.0).</summary>
    public static AttemptOutcome OutcomeOf(int status) => status switch
    {
        >= 200 and <= 299 => AttemptOutcome.Accepted,
        408 or 425 => AttemptOutcome.Timeout,
        429 => AttemptOutcome.RateLimited,
        410 => AttemptOutcome.Gone,
        >= 500 => AttemptOutcome.ServerError,
        >= 300 and <= 399 => AttemptOutcome.Redirect,
        _ => AttemptOutcome.Rejected,
    };
}

/// <summary>Why a claimed post must not leave after all.</summary>
/// <param name="Cause">One of <see cref="NotificationCause"/>: the notification is cancelled. Null: it only waits again.</param>
public sealed record SendRefusal(string? Cause)
{
    /// <summary>The host stops, the endpoint changed or the database went away: nothing is wrong with the notification.</summary>
    public static readonly SendRefusal NotNow = new((string?)null);

    /// <summary>It could not be prepared once more: it steps aside.</summary>
    public RowFaultException? Broken { get; init; }
}
