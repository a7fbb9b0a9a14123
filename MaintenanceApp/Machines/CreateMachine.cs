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
            // One after the other: of two people who save A1 and a1 in the same instant, the second must see the first. SQLite
            // has one writer anyway; a lock of this kind lets PostgreSQL go on reading, and saving tickets.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (db.Database.IsNpgsql())
            {
                await db.Database.ExecuteSqlRawAsync("LOCK TABLE machines IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
            }

            await RequireSerialNumbersAsync(db, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new StaleRecordException();
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsUnique(exception))
        {
            throw SerialTaken();
        }
        catch (DbUpdateException exception) when (ConstraintViolation.IsForeignKey(exception))
        {
            throw HasTickets();
        }
    }

    /// <summary>A1 and a1 on two plates are one number. The index of the database tells them apart; few rows, so they are compared here.</summary>
    private static async Task RequireSerialNumbersAsync(AppDb db, CancellationToken cancellationToken)
    {
        var wanted = db.ChangeTracker.Entries<Machine>().Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .Select(entry => entry.Entity).Where(machine => machine.SerialNumber is not null).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var known = await db.Machines.AsNoTracking().Where(machine => machine.SerialNumber != null)
            .Select(machine => new { machine.Id, machine.SerialNumber }).ToListAsync(cancellationToken);
        if (wanted.Exists(machine => known.Exists(other => other.Id != machine.Id && string.Equals(other.SerialNumber, machine.SerialNumber, StringComparison.OrdinalIgnoreCase))))
        {
            throw SerialTaken();
        }
    }

    private static RuleException SerialTaken() => new("machine.serial_taken", "Une autre machine porte déjà ce numéro de série");

    public static RuleException HasTickets() => new(
        "machine.has_tickets", "Cette machine a des billets (corbeille comprise) : elle ne peut pas être supprimée. Mettez-la plutôt hors service.");
}
