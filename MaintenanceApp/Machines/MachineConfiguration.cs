using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Machines;

internal sealed class MachineConfiguration : IEntityTypeConfiguration<Machine>
{
    public void Configure(EntityTypeBuilder<Machine> builder)
    {
        builder.ToTable("machines", table => table.HasCheckConstraint(
            "ck_machines_status", "status IN ('operational', 'maintenance', 'out_of_service')"));
        builder.Property(machine => machine.MachineType).HasMaxLength(Machine.NameMaxLength);
        builder.Property(machine => machine.Model).HasMaxLength(Machine.NameMaxLength);
        builder.Property(machine => machine.SerialNumber).HasMaxLength(Machine.NameMaxLength);
        builder.Property(machine => machine.Location).HasMaxLength(Machine.NameMaxLength);
        builder.Property(machine => machine.Status).HasDefaultValue(MachineStatus.Operational).HasSentinel((MachineStatus)(-1));
        builder.Property(machine => machine.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.Property(machine => machine.UpdatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.Property(machine => machine.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(machine => machine.SerialNumber, "idx_machines_serial").IsUnique();
    }
}
