namespace MaintenanceApp.Notifications;

/// <summary>What administrators are told once, however often it happens. Stored as snake_case text.</summary>
public enum NoticeKind
{
    /// <summary>The breaker opened.</summary>
    ReceiverDown,

    /// <summary>The receiver answers again after <see cref="ReceiverDown"/>.</summary>
    ReceiverRecovered,

    /// <summary>It answered 410: disabled.</summary>
    EndpointGone,

    /// <summary>It refuses, redirects, has a bad certificate or leads inside: somebody must mend the configuration.</summary>
    EndpointRefuses,

    /// <summary>Calls of <c>/api/cron</c> with a wrong secret; counted by the hour.</summary>
    CronSecretRefused,

    /// <summary>The host's clock was set, or the machine slept.</summary>
    ClockJumped,

    /// <summary>A stored secret cannot be decrypted: its keys are lost. The detail is its <see cref="SecretPurpose"/>.</summary>
    SecretUnreadable,

    /// <summary>An administrator deleted a ticket for good. The detail is an <see cref="ErasureDetail"/>.</summary>
    TicketErased,

    /// <summary>An administrator emptied the trash: <see cref="AdminNotice.Count"/> tickets. The detail is an <see cref="ErasureDetail"/> with the last number among them.</summary>
    TrashEmptied,

    /// <summary><see cref="AdminNotice.Count"/> notifications cannot be prepared and stepped aside. The detail is the id of the first.</summary>
    CannotBePrepared,

    /// <summary>Hangfire's file was gone or damaged; a new one began.</summary>
    JobsReplaced,

    /// <summary>Hangfire's file cannot be used; its jobs are in memory until the next start.</summary>
    JobsInMemory,

    /// <summary>Hangfire did not run what was asked of it; <see cref="AdminNotice.Count"/> times the work was done without.</summary>
    JobsSteppedAround,
}

/// <summary>A notice to administrators (table <c>admin_notices</c>), shown in the application. Instants are UTC.</summary>
public sealed class AdminNotice
{
    public int Id { get; set; }

    public required NoticeKind Kind { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The last time it happened again.</summary>
    public required DateTime LastAt { get; set; }

    /// <summary>How often it happened.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Start of what it is about: the outage's first failure, the instant before the jump.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Notifications that waited at that instant; null where it makes no sense.</summary>
    public int? Waiting { get; init; }

    /// <summary>The URL it is about, as a row of <see cref="WebhookEndpoint"/>: several may have the same host. Null where it is about none, and in notices of older versions.</summary>
    public int? EndpointId { get; init; }

    /// <summary>Of a deleted ticket, the last one given among several: the local day of its number as yyyyMMdd; null where it is about none.</summary>
    public int? NumberDay { get; init; }

    /// <summary>The running number within <see cref="NumberDay"/>.</summary>
    public int? NumberInDay { get; init; }

    /// <summary>A host, an address, an attempt's cause, a ticket's number and who deleted it; never a secret. For people: no code decides by it.</summary>
    public string? Detail { get; set; }

    /// <summary>An administrator has seen it.</summary>
    public DateTime? ReadAt { get; set; }

    public int? ReadBy { get; set; }
}
