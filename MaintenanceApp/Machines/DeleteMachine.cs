using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Machines;

/// <summary>Removes a machine that never had a ticket; the foreign key of the tickets is what refuses the others.</summary>
public sealed class DeleteMachine(IDbContextFactory<AppDb> database, LiveUpdates live)
{
    /// <summary>False when there is no such machine.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>machine.has_tickets</c>, in the trash or not.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, int machineId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageMachines);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Machines.SingleOrDefaultAsync(row => row.Id == machineId, cancellationToken) is not { } machine)
        {
            return false;
        }

        db.Remove(machine);
        await MachineSaving.SaveAsync(db, cancellationToken);
        live.Publish(new MachineChanged(machineId));
        return true;
    }
}
