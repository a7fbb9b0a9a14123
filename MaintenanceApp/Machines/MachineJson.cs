using MaintenanceApp.Data;

namespace MaintenanceApp.Machines;

/// <summary>A machine in the API. Instants are UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
public sealed record MachineJson(
    int Id,
    string MachineType,
    string Model,
    string? SerialNumber,
    string? Location,
    MachineStatus Status,
    string CreatedAt,
    string UpdatedAt,
    int Version)
{
    public static MachineJson From(MachineRow row) => new(
        row.Id,
        row.MachineType,
        row.Model,
        row.SerialNumber,
        row.Location,
        row.Status,
        Text.Of((DateTime?)row.CreatedAt)!,
        Text.Of((DateTime?)row.UpdatedAt)!,
        row.Version);
}

/// <summary>Every machine.</summary>
public sealed record MachinesAnswer(IReadOnlyList<MachineJson> Machines);

/// <summary>One machine.</summary>
public sealed record MachineAnswer(MachineJson Machine);
