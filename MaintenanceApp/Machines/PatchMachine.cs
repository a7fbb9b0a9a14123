using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Machines;

/// <summary>What to change; a field left out stays as it is, and null clears the serial number or the location.</summary>
public sealed class PatchMachineRequest
{
    private bool hasSerialNumber;
    private bool hasLocation;

    public string? MachineType { get; set; }

    public string? Model { get; set; }

    public string? SerialNumber
    {
        get;
        set
        {
            field = value;
            hasSerialNumber = true;
        }
    }

    public string? Location
    {
        get;
        set
        {
            field = value;
            hasLocation = true;
        }
    }

    public MachineStatus? Status { get; set; }

    /// <summary>The version the caller saw; null = whatever it is now.</summary>
    public int? Version { get; set; }

    internal MachineRequest Over(MachineRow row) => new()
    {
        MachineType = MachineType ?? row.MachineType,
        Model = Model ?? row.Model,
        SerialNumber = hasSerialNumber ? SerialNumber : row.SerialNumber,
        Location = hasLocation ? Location : row.Location,
        Status = Status ?? row.Status,
    };
}

/// <summary>Changes only the fields given.</summary>
public sealed class PatchMachine(MachineQueries queries, UpdateMachine update)
{
    /// <summary>False when there is no such machine.</summary>
    /// <exception cref="InvalidInputException">The machine as it would be breaks the rules of <see cref="MachineRequest"/>.</exception>
    /// <inheritdoc cref="UpdateMachine.ExecuteAsync"/>
    public async Task<bool> ExecuteAsync(Actor actor, int machineId, PatchMachineRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageMachines);
        if (await queries.FindAsync(machineId, cancellationToken) is not { } row)
        {
            return false;
        }

        var whole = request.Over(row);
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(whole, new ValidationContext(whole), problems, validateAllProperties: true))
        {
            throw new InvalidInputException(problems[0].MemberNames.FirstOrDefault() ?? "", string.Join(". ", problems.Select(problem => problem.ErrorMessage)));
        }

        // The version read here: fields left out must not undo what somebody saves in between.
        return await update.ExecuteAsync(actor, machineId, whole, request.Version ?? row.Version, cancellationToken);
    }
}
