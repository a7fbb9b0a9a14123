using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Users;

/// <summary>What a person did to the running of the application. Stored as snake_case text.</summary>
public enum AuditAct
{
    /// <summary>Started a job by hand.</summary>
    JobStarted,
    JobPaused,
    JobResumed,
    SendingPaused,
    SendingResumed,

    /// <summary>In Hangfire's dashboard: put a job into its queue again.</summary>
    JobRequeued,

    /// <summary>In Hangfire's dashboard: took a job out.</summary>
    JobDeleted,

    /// <summary>In Hangfire's dashboard: took a recurring job off the schedule; the watchdog puts it back.</summary>
    ScheduleRemoved,
}

/// <summary>The history of who did what (table <c>audit_log</c>): acts on jobs and sending. Instants are UTC.</summary>
public sealed class AuditEntry
{
    public const int SubjectMaxLength = 200;

    public int Id { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The account. Not a foreign key: what was done stays done when the account goes.</summary>
    public required int UserId { get; init; }

    public required string UserName { get; init; }

    public required AuditAct Act { get; init; }

    /// <summary>The job's name or the numbers of the jobs.</summary>
    public string? Subject { get; init; }

    /// <summary>The reason that was given, in the person's own words.</summary>
    public string? Reason { get; init; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.Property(entry => entry.UserName).HasMaxLength(200);
        builder.Property(entry => entry.Subject).HasMaxLength(AuditEntry.SubjectMaxLength);
        builder.Property(entry => entry.Reason).HasMaxLength(200);
        builder.HasIndex(entry => entry.At);
    }
}
