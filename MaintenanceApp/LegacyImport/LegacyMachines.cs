using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary>Table <c>machines</c>.</summary>
internal sealed class LegacyMachines(HashSet<string> takenSerials)
{
    public static async Task<LegacyMachines> LoadAsync(AppDb db, CancellationToken cancellationToken) =>
        new(await db.Machines.Where(machine => machine.SerialNumber != null).Select(machine => machine.SerialNumber!).ToHashSetAsync(StringComparer.OrdinalIgnoreCase, cancellationToken));

    public object Read(LegacyRow row, int id)
    {
        var serial = row.OptionalText("serial_number", Machine.NameMaxLength);
        if (serial is not null && !takenSerials.Add(serial))
        {
            row.Repaired($"serial_number {row.Cell("serial_number")!.Quoted} is that of another machine: left empty");
            serial = null;
        }

        var createdAt = row.RequiredInstant("created_at", "updated_at");
        return new
        {
            Id = id,
            MachineType = row.RequiredText("machine_type", "N/A", Machine.NameMaxLength),
            Model = row.RequiredText("model", "N/A", Machine.NameMaxLength),
            SerialNumber = serial,
            Location = row.OptionalText("location", Machine.NameMaxLength),
            Status = row.Word("status", MachineStatus.Operational),
            CreatedAt = createdAt,
            UpdatedAt = row.Instant("updated_at") ?? createdAt,
        };
    }
}
