namespace MaintenanceApp.Overdue;

/// <summary>Section <c>Notifier</c>, the part that tells a watcher outside that the scans go on.</summary>
public sealed class HeartbeatOptions
{
    /// <summary>
    /// Called with GET after each good scan, <c>/fail</c> added after a failed one: the convention of Healthchecks.io and
    /// of what imitates it. Its path is a secret. Empty: nobody is told.
    /// </summary>
    public string? HeartbeatUrl { get; set; }
}
