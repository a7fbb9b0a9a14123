using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Jobs;

/// <summary>
/// A job that a person paused (table <c>job_pauses</c>): nothing starts by itself, on demand it still runs. Hangfire has no
/// pause of its own. Instants are UTC.
/// </summary>
public sealed class JobPause
{
    public const int ReasonMaxLength = 200;

    /// <summary>One of <see cref="JobNames"/>; the key.</summary>
    public required string Job { get; init; }

    public required DateTime PausedAt { get; set; }

    /// <summary>The account.</summary>
    public required int PausedBy { get; set; }

    public required string PausedByName { get; set; }

    public string? Reason { get; set; }

    /// <summary>It resumes by itself then; null: until somebody resumes it.</summary>
    public DateTime? Until { get; set; }

    public bool HoldsAt(DateTime now) => Until is null || Until > now;
}

/// <summary>Which jobs are paused now.</summary>
public sealed class JobPauses(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    /// <summary>Null while it runs by itself.</summary>
    public async Task<JobPause?> OfAsync(string job, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var pause = await db.JobPauses.AsNoTracking().SingleOrDefaultAsync(row => row.Job == job, cancellationToken);
        return pause?.HoldsAt(clock.GetUtcNow().UtcDateTime) == true ? pause : null;
    }

    /// <summary>All that hold now, by job.</summary>
    public async Task<IReadOnlyList<JobPause>> AllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return [.. (await db.JobPauses.AsNoTracking().OrderBy(row => row.Job).ToListAsync(cancellationToken)).Where(pause => pause.HoldsAt(now))];
    }
}

internal sealed class JobPauseConfiguration : IEntityTypeConfiguration<JobPause>
{
    public void Configure(EntityTypeBuilder<JobPause> builder)
    {
        builder.ToTable("job_pauses");
        builder.HasKey(pause => pause.Job);
        builder.Property(pause => pause.Job).HasMaxLength(50);
        builder.Property(pause => pause.PausedByName).HasMaxLength(200);
        builder.Property(pause => pause.Reason).HasMaxLength(JobPause.ReasonMaxLength);
    }
}
