using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Jobs;

/// <summary>How one execution of a job ended. Stored as snake_case text.</summary>
public enum JobResult
{
    Succeeded,
    Failed,

    /// <summary>The process was asked to stop before it was done.</summary>
    Cancelled,

    /// <summary>It decided not to work this time.</summary>
    Skipped,
}

/// <summary>
/// One execution of a job that ended (table <c>job_runs</c>): Hangfire forgets finished jobs after two days and its file may be lost;
/// the history must not be. Executions that found nothing to do are left out. Instants are UTC.
/// </summary>
public sealed class JobRun
{
    public const int ErrorMaxLength = 500;

    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public int Id { get; init; }

    /// <summary>One of <see cref="JobNames"/>.</summary>
    public required string Job { get; init; }

    public required DateTime StartedAt { get; init; }

    public required DateTime FinishedAt { get; init; }

    public required JobResult Result { get; init; }

    /// <summary>Not started by its schedule.</summary>
    public bool IsOnDemand { get; init; }

    /// <summary>What it counted, by name, as a JSON object.</summary>
    public string? Counts { get; init; }

    /// <summary>The exception's message.</summary>
    public string? Error { get; init; }

    public TimeSpan Took => FinishedAt - StartedAt;

    public static IReadOnlyDictionary<string, int> Read(string? counts) =>
        counts is null ? new Dictionary<string, int>() : JsonSerializer.Deserialize<Dictionary<string, int>>(counts)!;

    public static string? Write(IReadOnlyDictionary<string, int> counts) => counts.Count == 0 ? null : JsonSerializer.Serialize(counts);
}

internal sealed class JobRunConfiguration : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_runs");
        builder.Ignore(run => run.Took);
        builder.Property(run => run.Job).HasMaxLength(50);
        builder.Property(run => run.Counts).HasMaxLength(500);
        builder.Property(run => run.Error).HasMaxLength(JobRun.ErrorMaxLength);
        builder.HasIndex(run => new { run.Job, run.StartedAt });
        builder.HasIndex(run => run.StartedAt);
    }
}
