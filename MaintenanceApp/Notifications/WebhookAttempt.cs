namespace MaintenanceApp.Notifications;

/// <summary>How one HTTP request ended. Stored as snake_case text.</summary>
public enum AttemptOutcome
{
    /// <summary>Written before the request leaves: what a row says after the process died in mid-send.</summary>
    Unknown,
    Accepted,
    Dns,
    Connect,
    Tls,
    Timeout,
    Reset,
    Redirect,
    RateLimited,
    ServerError,
    Rejected,
    Gone,

    /// <summary>The URL leads to an address inside: nothing was sent (see <c>Webhook:AllowPrivateNetworks</c>).</summary>
    BlockedAddress,

    /// <summary>Given up before a byte left: the ticket changed, or the host stops.</summary>
    Cancelled,
}

/// <summary>One HTTP request for a notification (table <c>webhook_attempts</c>); written before the send, completed after. Instants are UTC.</summary>
public sealed class WebhookAttempt
{
    public int Id { get; set; }

    public required int NotificationId { get; init; }

    /// <summary>1, 2, 3… within the notification.</summary>
    public required int Number { get; init; }

    public required DateTime StartedAt { get; init; }

    /// <summary>
    /// Written right before the first byte: an attempt that died without it never reached the receiver. Null also for
    /// attempts that were given up or could not connect.
    /// </summary>
    public DateTime? LeftAt { get; set; }

    /// <summary>Milliseconds from start to the last byte read; null while under way or after a crash.</summary>
    public int? DurationMs { get; set; }

    /// <summary>Milliseconds of name resolution; null when not reached.</summary>
    public int? DnsMs { get; set; }

    /// <summary>Milliseconds of the TCP handshake; null when not reached.</summary>
    public int? ConnectMs { get; set; }

    /// <summary>Milliseconds of the TLS handshake; null for http or when not reached.</summary>
    public int? TlsMs { get; set; }

    /// <summary>Milliseconds from the last byte sent to the head of the answer; null without an answer.</summary>
    public int? FirstByteMs { get; set; }

    /// <summary>The address and port connected to; null when no connection was made.</summary>
    public string? RemoteAddress { get; set; }

    /// <summary>Sent while the breaker was open, to see whether the receiver is back; uses up none of the retries.</summary>
    public bool IsProbe { get; set; }

    public AttemptOutcome Outcome { get; set; }

    public int? ResponseStatus { get; set; }

    /// <summary>An <see cref="AttemptError"/>, or <c>HTTP 503 …</c> of an answer; without secrets. Older versions stored French sentences.</summary>
    public string? Error { get; set; }

    /// <summary>One header a line, secrets redacted.</summary>
    public string? RequestHeaders { get; set; }

    public string? RequestBody { get; set; }

    /// <summary>One header a line, bounded.</summary>
    public string? ResponseHeaders { get; set; }

    public string? ResponseBody { get; set; }

    /// <summary>Scheme and host of the URL only; its path is a secret.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The URL it went to, as a row of <see cref="WebhookEndpoint"/>: several may have the same host. Null for attempts of older versions.</summary>
    public int? EndpointId { get; init; }
}
