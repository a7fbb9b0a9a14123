using MaintenanceApp.Data;

namespace MaintenanceApp.Machines;

/// <summary>Stored state of a machine. Stored as snake_case text (<c>out_of_service</c>).</summary>
public enum MachineStatus
{
    Operational,
    Maintenance,
    OutOfService,
}

/// <summary>One piece of equipment of the plant. Instants are UTC.</summary>
public sealed class Machine
{
    public const int NameMaxLength = 100;

    private Machine()
    {
    }

    public Machine(string machineType, string model, string? serialNumber, string? location, MachineStatus status, DateTime now)
    {
        CreatedAt = now;
        MachineType = machineType;
        Model = model;
        Update(machineType, model, serialNumber, location, status, now);
        Version = 0;
    }

    public int Id { get; private set; }

    public string MachineType { get; private set; } = "";

    public string Model { get; private set; } = "";

    /// <summary>Unique when set.</summary>
    public string? SerialNumber { get; private set; }

    public string? Location { get; private set; }

    public MachineStatus Status { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>Optimistic concurrency token: grows by one with every change.</summary>
    public int Version { get; private set; }

    public void Update(string machineType, string model, string? serialNumber, string? location, MachineStatus status, DateTime now)
    {
        MachineType = machineType.Trim();
        Model = model.Trim();
        SerialNumber = Blank.ToNull(serialNumber);
        Location = Blank.ToNull(location);
        Status = status;
        UpdatedAt = now;
        Version++;
    }
}
