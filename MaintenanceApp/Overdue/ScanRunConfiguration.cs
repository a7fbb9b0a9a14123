using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Overdue;

internal sealed class ScanRunConfiguration : IEntityTypeConfiguration<ScanRun>
{
    public void Configure(EntityTypeBuilder<ScanRun> builder)
    {
        builder.ToTable("scan_runs");
        builder.Property(run => run.Id).HasMaxLength(50);
        builder.HasIndex(run => run.RequestedAt);
        builder.HasIndex(run => run.FinishedAt);

        // Fifty callers at once queue one run and share its id.
        builder.HasIndex(run => run.State, "ux_scan_runs_queued").IsUnique().HasFilter("state = 'queued'");
    }
}
