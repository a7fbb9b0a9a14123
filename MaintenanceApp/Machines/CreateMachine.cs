using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Machines;

/// <summary>Adds a machine to the plant.</summary>
public sealed class CreateMachine(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>The new machine's id.</summary>
    /// <exception cref="ForbiddenException">The role may not.</exception>
    /// <exception cref="RuleException"><c>machine.serial_taken</c>.</exception>
    public async Task<int> ExecuteAsync(Actor actor, MachineRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageMachines);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var machine = new Machine(
            request.MachineType!, request.Model!, request.SerialNumber, request.Location, request.Status, clock.GetUtcNow().UtcDateTime);
        db.Add(machine);
        await MachineSaving.SaveAsync(db, cancellationToken);
        live.Publish(new MachineChanged(machine.Id));
        return machine.Id;
    }
}

/// <summary>Puts what the database refuses about a machine into the product's words.</summary>
internal static class MachineSaving
{
    /// <exception cref="RuleException"><c>machine.serial_taken</c> or <c>machine.has_tickets</c>.</exception>
    /// <exception cref="StaleRecordException">Somebody saved it first.</exception>
    public static async Task SaveAsync(AppDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new StaleRecordException();
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            throw new RuleException("machine.serial_taken", "Une autre machine porte déjà ce numéro de série");
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsForeignKey(exception))
        {
            throw HasTickets();
        }
    }

    public static RuleException HasTickets() => new(
        "machine.has_tickets", "Cette machine a des billets (corbeille comprise) : elle ne peut pas être supprimée. Mettez-la plutôt hors service.");
}
