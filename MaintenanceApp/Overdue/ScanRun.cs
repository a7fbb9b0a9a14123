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

    /// <summary>Late tickets as every screen counts them, also those that do not notify; null in runs of older versions.</summary>
    public int? LateCount { get; set; }

    /// <summary>Tickets that matched rules 1–3: planned, passed, assigned and not started.</summary>
    public int TotalOverdue { get; set; }

    /// <summary>Notifications written to the outbox.</summary>
    public int CreatedCount { get; set; }

    /// <summary><see cref="ScanRunError.ProcessStopped"/>, or the exception's own message; null when it did not fail.</summary>
    public string? Error { get; set; }
}

/// <summary>Why a run failed: a code where the application itself says it, so that each screen says it in its own language.</summary>
public static class ScanRunError
{
    /// <summary>The process was killed in mid-scan.</summary>
    public const string ProcessStopped = "process_stopped";

    private const string French = "Le processus s’est arrêté avant la fin";

    /// <summary>The code, also for the sentence that older versions stored; null: a message to be shown as it is.</summary>
    public static string? CodeOf(string? stored) => stored is ProcessStopped or French ? ProcessStopped : null;

    /// <summary>For routes.</summary>
    public static string? InFrench(string? stored) => CodeOf(stored) is null ? stored : French;
}
