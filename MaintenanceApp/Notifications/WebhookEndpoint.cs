namespace MaintenanceApp.Notifications;

/// <summary>
/// What the application knows about a receiver's URL (table <c>webhook_endpoints</c>); one row per URL ever configured,
/// so changing the URL starts with a clean state. Instants are UTC.
/// </summary>
public sealed class WebhookEndpoint
{
    public int Id { get; set; }

    public required string Url { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>The endpoint answered 410 Gone: nothing is sent until an admin enables it again or the URL changes.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>The receiver named a time (<c>Retry-After</c>): nothing is sent before it.</summary>
    public DateTime? HeldUntil { get; set; }

    /// <summary>Transient failures since the last answer; the breaker opens at <see cref="Breaker.Threshold"/>.</summary>
    public int FailuresInARow { get; set; }

    /// <summary>The breaker is open since this instant: nothing is sent but a probe. Null = closed.</summary>
    public DateTime? BreakerOpenedAt { get; set; }

    /// <summary>When the next probe may leave.</summary>
    public DateTime? ProbeAt { get; set; }

    /// <summary>Seconds from one probe to the next.</summary>
    public int ProbeDelaySeconds { get; set; }

    /// <summary>The dispatcher that may send now; one at a time keeps the pace across processes.</summary>
    public string? DispatcherId { get; set; }

    public DateTime? DispatcherUntil { get; set; }
}

/// <summary>Switches that an administrator turns while the application runs (table <c>notifier_state</c>, one row). Instants are UTC.</summary>
public sealed class NotifierState
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>Notifications are paused since this instant; null = they run.</summary>
    public DateTime? PausedAt { get; set; }

    public int? PausedBy { get; set; }

    public string? PausedByName { get; set; }

    /// <summary>In the person's own words.</summary>
    public string? PausedReason { get; set; }

    /// <summary>It ends by itself then; null: when somebody ends it.</summary>
    public DateTime? PausedUntil { get; set; }

    /// <summary>The receiver's URL set on the Settings page; the configuration's <c>Webhook:Url</c> wins over it.</summary>
    public string? WebhookUrl { get; set; }

    public DateTime? WebhookUrlChangedAt { get; set; }

    public int? WebhookUrlChangedBy { get; set; }
}
