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
}

/// <summary>One HTTP request for a notification (table <c>webhook_attempts</c>); written before the send, completed after. Instants are UTC.</summary>
public sealed class WebhookAttempt
{
    public int Id { get; set; }

    public required int NotificationId { get; init; }

    /// <summary>1, 2, 3… within the notification.</summary>
    public required int Number { get; init; }

    public required DateTime StartedAt { get; init; }

    /// <summary>Milliseconds from start to the last byte read; null while under way or after a crash.</summary>
    public int? DurationMs { get; set; }

    public AttemptOutcome Outcome { get; set; }

    public int? ResponseStatus { get; set; }

    /// <summary>The cause in plain words, without secrets.</summary>
    public string? Error { get; set; }

    /// <summary>One header a line, secrets redacted.</summary>
    public string? RequestHeaders { get; set; }

    public string? RequestBody { get; set; }

    /// <summary>One header a line, bounded.</summary>
    public string? ResponseHeaders { get; set; }

    public string? ResponseBody { get; set; }

    /// <summary>Scheme and host of the URL only; its path is a secret.</summary>
    public string? Endpoint { get; set; }
}
