namespace MaintenanceApp.Notifications;

/// <summary>How an attempt ended and what the receiver said: the sender returns it and never throws.</summary>
/// <param name="Outcome">The class that decides about a retry.</param>
/// <param name="Duration">From the start to the last byte read or the failure.</param>
/// <param name="Error">In plain words; null when accepted.</param>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Headers">One a line, bounded.</param>
/// <param name="Body">The first characters of the answer.</param>
/// <param name="RetryAfter">What the receiver asked for, capped; null when it did not.</param>
/// <param name="BytesSent">The request left: without an answer, nobody knows whether it was taken.</param>
public sealed record AttemptResult(
    AttemptOutcome Outcome,
    TimeSpan Duration,
    string? Error = null,
    int? Status = null,
    string? Headers = null,
    string? Body = null,
    TimeSpan? RetryAfter = null,
    bool BytesSent = false)
{
    /// <summary>Sent and not answered: the receiver may or may not have taken it.</summary>
    public bool IsUnknown => Outcome == AttemptOutcome.Unknown || (BytesSent && Status is null);

    /// <summary>Only a person can mend it: the URL, the workflow behind it or a certificate.</summary>
    public bool IsConfigurationFault =>
        Outcome is AttemptOutcome.Redirect or AttemptOutcome.Rejected or AttemptOutcome.Tls or AttemptOutcome.BlockedAddress;

    /// <summary>It may go away by itself; the breaker counts these.</summary>
    public bool IsTransient => Outcome is AttemptOutcome.Unknown or AttemptOutcome.Dns or AttemptOutcome.Connect or AttemptOutcome.Timeout
        or AttemptOutcome.Reset or AttemptOutcome.RateLimited or AttemptOutcome.ServerError;

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
