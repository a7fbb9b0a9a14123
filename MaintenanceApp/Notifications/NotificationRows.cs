namespace MaintenanceApp.Notifications;

/// <summary>One notification as lists show it. Instants are UTC.</summary>
public sealed record NotificationRow
{
    public required int Id { get; init; }

    /// <summary>The number people read; null for a test of the endpoint.</summary>
    public required string? TicketId { get; init; }

    public required string? TicketTitle { get; init; }

    public required string? MachineType { get; init; }

    public required string? MachineModel { get; init; }

    public required string Type { get; init; }

    public required NotificationStatus Status { get; init; }

    public required NotificationTrigger Trigger { get; init; }

    public required int? RequestedBy { get; init; }

    /// <summary>Null for a scan, and for an account that no longer exists.</summary>
    public required string? RequestedByName { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Start of the last attempt.</summary>
    public required DateTime? SentAt { get; init; }

    public required DateTime? NextAttemptAt { get; init; }

    public required int AttemptCount { get; init; }

    public required int? ResponseStatus { get; init; }

    /// <summary>Null without the permission to see bodies.</summary>
    public required string? ResponseBody { get; init; }

    /// <summary>One of <see cref="NotificationCause"/>.</summary>
    public required string? Cause { get; init; }

    public required bool PossibleDuplicate { get; init; }

    /// <summary>How often in a row it could not be prepared; nothing was sent for it.</summary>
    public int AsideCount { get; init; }

    /// <summary>Why, the last time; null without the permission to see bodies.</summary>
    public string? AsideError { get; init; }

    public required string? RunId { get; init; }

    public required int? ResentFrom { get; init; }

    public required string? WebhookId { get; init; }

    /// <summary>Masked.</summary>
    public required string Endpoint { get; init; }

    /// <summary>How the last attempt ended; null before the first one, and for imported rows.</summary>
    public AttemptOutcome? LastOutcome { get; init; }

    public int? LastDurationMs { get; init; }

    /// <summary>From its writing to the attempt that was accepted; null before.</summary>
    public TimeSpan? Waited => Status == NotificationStatus.Delivered ? SentAt - CreatedAt : null;

    /// <summary>It cannot be prepared and waits aside, while the others leave.</summary>
    public bool IsAside => Status == NotificationStatus.Pending && AsideCount > 0;

    /// <summary>When it last did something: the key of lists and periods.</summary>
    public DateTime At => SentAt ?? CreatedAt;
}

/// <param name="Rows">Newest first.</param>
/// <param name="Total">Of all pages.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Rows a page holds.</param>
public sealed record NotificationResults(IReadOnlyList<NotificationRow> Rows, int Total, int Page, int PageSize);

/// <summary>Rows per tab.</summary>
public sealed record NotificationCounts(int All, int Failed, int Waiting);

/// <summary>One HTTP request. Instants are UTC; heads and bodies are null without the permission to see them.</summary>
public sealed record AttemptRow(
    int Number,
    DateTime StartedAt,
    int? DurationMs,
    AttemptOutcome Outcome,
    int? ResponseStatus,
    string? Error,
    string? RequestHeaders,
    string? RequestBody,
    string? ResponseHeaders,
    string? ResponseBody,
    string? Endpoint,
    string? RemoteAddress,
    AttemptPhases Phases,
    bool IsProbe);

/// <summary>Where the time of an attempt went, in milliseconds; null for a phase that was not reached.</summary>
public sealed record AttemptPhases(int? DnsMs, int? ConnectMs, int? TlsMs, int? FirstByteMs);

/// <summary>What the ticket looked like when the first attempt left.</summary>
/// <param name="ScheduledDate">UTC.</param>
/// <param name="AssignedTo">As in the payload.</param>
/// <param name="Status">The status' snake_case word.</param>
public sealed record SentBecause(DateTime? ScheduledDate, string? AssignedTo, string? Status);

/// <summary>The scan run that wrote a notification. Instants are UTC.</summary>
public sealed record NotificationRun(string Id, DateTime StartedAt, int TotalOverdue, int CreatedCount);

/// <summary>One notification with everything about it.</summary>
/// <param name="Row">Itself.</param>
/// <param name="Attempts">In order.</param>
/// <param name="Position">1 for the first notification of its ticket.</param>
/// <param name="OfTicket">Notifications of its ticket.</param>
/// <param name="PreviousId">The one of the same ticket before it.</param>
/// <param name="NextId">The one after it.</param>
/// <param name="PreviousAcceptedAt">When an earlier one of the ticket was last accepted, UTC.</param>
/// <param name="Because">Null before the first attempt and once bodies were cleaned up.</param>
/// <param name="Run">Null for a resend and for imported rows.</param>
/// <param name="ResentAs">Resends of this one, newest first.</param>
public sealed record NotificationDetail(
    NotificationRow Row,
    IReadOnlyList<AttemptRow> Attempts,
    int Position,
    int OfTicket,
    int? PreviousId,
    int? NextId,
    DateTime? PreviousAcceptedAt,
    SentBecause? Because,
    NotificationRun? Run,
    IReadOnlyList<int> ResentAs);
