using Microsoft.EntityFrameworkCore.Migrations;

namespace MaintenanceApp.Migrations;

/// <summary>Takes the tables of the scheduler that Hangfire replaced out of a database that has them, and leaves one that does not alone.</summary>
internal static class OldScheduler
{
    /// <summary>Those that point at others first.</summary>
    private static readonly string[] Tables =
    [
        "QRTZ_BLOB_TRIGGERS", "QRTZ_CRON_TRIGGERS", "QRTZ_SIMPLE_TRIGGERS", "QRTZ_SIMPROP_TRIGGERS", "QRTZ_TRIGGERS", "QRTZ_JOB_STATUS",
        "QRTZ_JOB_DETAILS", "QRTZ_CALENDARS", "QRTZ_FIRED_TRIGGERS", "QRTZ_PAUSED_TRIGGER_GRPS", "QRTZ_PAUSED_JOB_GRPS", "QRTZ_SCHEDULER_STATE",
        "QRTZ_LOCKS", "QRTZ_EXECUTION_HISTORY", "QRTZ_MISFIRE_HISTORY",
    ];

    public static void Remove(MigrationBuilder migration)
    {
        // SQLite knows no statement that runs only where a table exists: an empty one stands in for a missing one.
        migration.Sql("CREATE TABLE IF NOT EXISTS QRTZ_TRIGGERS (TRIGGER_NAME VARCHAR(150) NOT NULL, TRIGGER_STATE VARCHAR(16) NOT NULL)");

        // What a person paused stays paused; who it was was not kept.
        migration.Sql(
            """
            INSERT INTO job_pauses (job, paused_at, paused_by, paused_by_name)
            SELECT DISTINCT TRIGGER_NAME, CURRENT_TIMESTAMP, -1, '–' FROM QRTZ_TRIGGERS
            WHERE TRIGGER_STATE = 'PAUSED' AND TRIGGER_NAME IN ('scan-overdue', 'purge-history')
            """);
        foreach (var table in Tables)
        {
            migration.Sql($"DROP TABLE IF EXISTS {table}");
        }
    }
}
