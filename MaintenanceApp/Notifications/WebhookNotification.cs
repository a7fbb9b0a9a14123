namespace MaintenanceApp.Notifications;

/// <summary>Where a notification stands. Stored as snake_case text.</summary>
public enum NotificationStatus
{
    /// <summary>Waits for its first or next attempt, due at <see cref="WebhookNotification.NextAttemptAt"/>.</summary>
    Pending,

    /// <summary>Claimed by a dispatcher until <see cref="WebhookNotification.ClaimedUntil"/>.</summary>
    Sending,

    /// <summary>Accepted by the endpoint (2xx).</summary>
    Delivered,

    /// <summary>Given up: every retry used, or the endpoint refuses. Resendable.</summary>
    Dead,

    /// <summary>The ticket stopped qualifying before the send.</summary>
    Cancelled,
}

/// <summary>What made a notification or a scan start. Stored as snake_case text.</summary>
public enum NotificationTrigger
{
    Scan,
    Resend,

    /// <summary>An admin tries the endpoint; no ticket behind it.</summary>
    Test,

    /// <summary>An admin resent what failed since a moment; the rule is checked as for a scan, unless forced.</summary>
    BulkResend,
}

/// <summary>
/// One event for the endpoint, and its row in the outbox (table <c>webhook_notifications</c>). Instants are UTC.
/// </summary>
public sealed class WebhookNotification
{
    /// <summary>A planned ticket passed its date.</summary>
    public const string OverdueScheduled = "overdue_scheduled";

    /// <summary>An admin tries the endpoint.</summary>
    public const string Test = "test";

    /// <summary>Characters of the response kept, as the old system did.</summary>
    public const int ResponseBodyMaxLength = 1000;

    /// <summary>Characters kept of why it could not be prepared.</summary>
    public const int AsideErrorMaxLength = 500;

    public int Id { get; set; }

    /// <summary>Null for a <see cref="Test"/> only.</summary>
    public required int? TicketId { get; init; }

    public required string NotificationType { get; init; }

    /// <summary>The URL of the last attempt. Its path is a secret: mask it with <see cref="WebhookUrlMask"/> before showing it.</summary>
    public required string WebhookUrl { get; set; }

    /// <summary>Start of the last attempt; null until the first.</summary>
    public DateTime? SentAt { get; set; }

    public int? ResponseStatus { get; set; }

    /// <summary>At most <see cref="ResponseBodyMaxLength"/> characters; without an answer an <see cref="AttemptError"/>.</summary>
    public string? ResponseBody { get; set; }

    public DateTime CreatedAt { get; init; }

    public NotificationStatus Status { get; set; }

    /// <summary>The idempotency key: the same on every attempt (Standard Webhooks, header <c>webhook-id</c>).</summary>
    public string? WebhookId { get; init; }

    /// <summary>
    /// 1, 2, 3… per ticket and type, unique: two scans that both saw "nothing in 24 h" compute the same number and the
    /// second one fails in the database. Null for rows written by the system this replaces.
    /// </summary>
    public int? Seq { get; init; }

    /// <summary>0 first, as the ticket's priority was when the row was written: what waits goes out by urgency, then age.</summary>
    public int Urgency { get; init; }

    public int AttemptCount { get; set; }

    public DateTime? NextAttemptAt { get; set; }

    /// <summary>The dispatcher that holds the row; part of the fence that keeps late answers out.</summary>
    public string? ClaimedBy { get; set; }

    public DateTime? ClaimedUntil { get; set; }

    public NotificationTrigger Trigger { get; init; }

    /// <summary>The account that asked for a resend; null for a scan.</summary>
    public int? RequestedBy { get; init; }

    public int? ResentFrom { get; init; }

    /// <summary>The scan run or the bulk resend that wrote the row; null for a single resend.</summary>
    public string? RunId { get; init; }

    /// <summary>The trace of the scan that wrote the row (W3C Trace Context); null where nobody listened. Never leaves the plant.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Why it is dead or cancelled: a code of <see cref="NotificationCause"/>.</summary>
    public string? Cause { get; set; }

    /// <summary>An attempt ended without an answer after bytes were sent: the receiver may have seen it twice.</summary>
    public bool PossibleDuplicate { get; set; }

    /// <summary>How often in a row it could not be prepared and stepped aside; no request was made for it. 0 after any attempt that left.</summary>
    public int AsideCount { get; set; }

    /// <summary>Why, the last time: the kind of error and its own message. At most <see cref="AsideErrorMaxLength"/> characters.</summary>
    public string? AsideError { get; set; }
}

/// <summary>Why a notification ended without a delivery. Stored text; the screens translate it.</summary>
public static class NotificationCause
{
    public const string RetriesExhausted = "retries_exhausted";
    public const string EndpointGone = "endpoint_gone";
    public const string NoLongerOverdue = "no_longer_overdue";
    public const string NotPlanned = "not_planned";
    public const string NotAssigned = "not_assigned";
    public const string AlreadyStarted = "already_started";
    public const string Trashed = "trashed";
    public const string Snoozed = "snoozed";

    /// <summary>An admin resent it while it still waited: the resend goes out instead.</summary>
    public const string Resent = "resent";

    /// <summary>An admin stopped a bulk resend.</summary>
    public const string ResendStopped = "resend_stopped";

    /// <summary>Not resent: another notification of the ticket is still to be sent.</summary>
    public const string AlreadyWaiting = "already_waiting";

    /// <summary>Not resent: one of the ticket was accepted within <c>Notifier:RepeatAfter</c>.</summary>
    public const string AlreadyAccepted = "already_accepted";

    /// <summary>Twice without an answer after bytes were sent: a third copy would do more harm than good.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>Configuration faults only: the endpoint refuses, redirects or has a bad certificate.</summary>
    public const string EndpointRefuses = "endpoint_refuses";

    /// <summary>A test of the endpoint is made once.</summary>
    public const string TestFailed = "test_failed";

    /// <summary>Its ticket or its own row cannot be read, every time it was looked at: nothing was ever sent.</summary>
    public const string CannotBePrepared = "cannot_be_prepared";

    /// <summary>Imported: the old system recorded a failure and never tried again.</summary>
    public const string FailedInOldSystem = "failed_in_old_system";
}
