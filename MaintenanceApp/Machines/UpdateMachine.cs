using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Machines;

/// <summary>Corrects a machine, its state included.</summary>
public sealed class UpdateMachine(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>False when there is no such machine.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>machine.serial_taken</c>.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it since <paramref name="expectedVersion"/>.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, int machineId, MachineRequest request, int? expectedVersion, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageMachines);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Machines.SingleOrDefaultAsync(row => row.Id == machineId, cancellationToken) is not { } machine)
        {
            return false;
        }

        if (expectedVersion is { } expected && expected != machine.Version)
        {
            throw new StaleRecordException();
        }

        machine.Update(
            request.MachineType!, request.Model!, request.SerialNumber, request.Location, request.Status, clock.GetUtcNow().UtcDateTime);
        await MachineSaving.SaveAsync(db, cancellationToken);
        live.Publish(new MachineChanged(machineId));
        return true;
    }
}
