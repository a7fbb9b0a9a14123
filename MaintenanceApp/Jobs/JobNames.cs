namespace MaintenanceApp.Jobs;

/// <summary>The names of the jobs, as stored in the database and shown on the operations page and in Hangfire's dashboard.</summary>
public static class JobNames
{
    public const string ScanOverdue = "scan-overdue";
    public const string SendNotifications = "send-notifications";
    public const string PurgeHistory = "purge-history";
}

/// <summary>Why an execution started. Stored by Hangfire as the argument of the job.</summary>
public enum JobStart
{
    /// <summary>Its hour came, or it was made up for.</summary>
    Schedule,

    /// <summary>A person or another program asked.</summary>
    OnDemand,

    /// <summary>Something is due.</summary>
    Due,
}
