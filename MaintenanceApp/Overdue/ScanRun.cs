namespace MaintenanceApp.Overdue;

/// <summary>Stored as snake_case text.</summary>
public enum ScanRunState
{
    /// <summary>Asked for; the job has not started yet. At most one row is queued (unique index).</summary>
    Queued,
    Running,
    Finished,
    Failed,
}

/// <summary>Who or what asked for a scan. Stored as snake_case text.</summary>
public enum ScanTrigger
{
    Schedule,
    Cron,
    Api,
    Manual,
    Cli,
}

/// <summary>One run of the overdue scan (table <c>scan_runs</c>). Instants are UTC.</summary>
public sealed class ScanRun
{
    public required string Id { get; init; }

    public ScanRunState State { get; set; }

    public ScanTrigger Trigger { get; init; }

    /// <summary>The account that asked, where a person did.</summary>
    public int? RequestedBy { get; init; }

    public DateTime RequestedAt { get; init; }

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>Tickets that matched rules 1–3: planned, passed, assigned and not started.</summary>
    public int TotalOverdue { get; set; }

    /// <summary>Notifications written to the outbox.</summary>
    public int CreatedCount { get; set; }

    public string? Error { get; set; }
}
