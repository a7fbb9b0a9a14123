using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Load, decide, save, publish: the frame of every use case that changes one existing ticket.</summary>
public sealed class TicketChanges(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>False when there is no such ticket.</summary>
    /// <param name="ticketId">The row's id.</param>
    /// <param name="expectedVersion">What the caller saw; null = whatever it is now.</param>
    /// <param name="change">Checks the rules and changes the ticket; <c>now</c> is UTC.</param>
    /// <param name="cancellationToken">Stops before the save.</param>
    /// <param name="isInTrash">Whether the change is about a ticket in the trash; any other change of one is refused.</param>
    /// <exception cref="StaleRecordException">Somebody saved it since <paramref name="expectedVersion"/>.</exception>
    /// <exception cref="RuleException"><c>ticket.in_trash</c>.</exception>
    public async Task<bool> ApplyAsync(
        int ticketId, int? expectedVersion, Func<AppDb, Ticket, DateTime, Task> change, CancellationToken cancellationToken, bool isInTrash = false)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Tickets.SingleOrDefaultAsync(row => row.Id == ticketId, cancellationToken) is not { } ticket)
        {
            return false;
        }

        if (ticket.DeletedAt is not null && !isInTrash)
        {
            throw new RuleException("ticket.in_trash", "Ce billet est dans la corbeille. Restaurez-le d’abord.");
        }

        if (expectedVersion is { } expected && expected != ticket.Version)
        {
            throw new StaleRecordException();
        }

        await change(db, ticket, clock.GetUtcNow().UtcDateTime);
        if (!db.ChangeTracker.HasChanges())
        {
            return true;
        }

        await TicketSaving.SaveAsync(db, cancellationToken);
        live.Publish(new TicketChanged(ticketId));
        return true;
    }

    /// <inheritdoc cref="ApplyAsync(int, int?, Func{AppDb, Ticket, DateTime, Task}, CancellationToken, bool)"/>
    public Task<bool> ApplyAsync(
        int ticketId, int? expectedVersion, Action<Ticket, DateTime> change, CancellationToken cancellationToken, bool isInTrash = false) =>
        ApplyAsync(
            ticketId,
            expectedVersion,
            (_, ticket, now) =>
            {
                change(ticket, now);
                return Task.CompletedTask;
            },
            cancellationToken,
            isInTrash);
}

/// <summary>Puts what the database refuses about a ticket and what belongs to it into the product's words.</summary>
internal static class TicketSaving
{
    /// <exception cref="StaleRecordException">Since it was read, somebody saved it, or deleted it for good, or what it points to.</exception>
    public static async Task SaveAsync(AppDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || ConstraintViolation.IsForeignKey(exception))
        {
            throw new StaleRecordException();
        }
    }
}

/// <summary>Checks that what a ticket points to exists; its columns are not all foreign keys (imported tickets name people who are gone).</summary>
internal static class TicketReferences
{
    /// <exception cref="InvalidInputException">No such machine.</exception>
    public static async Task<Machines.Machine> MachineAsync(AppDb db, int machineId, CancellationToken cancellationToken) =>
        await db.Machines.SingleOrDefaultAsync(machine => machine.Id == machineId, cancellationToken)
            ?? throw new InvalidInputException("MachineId", "Machine inconnue");

    /// <summary>Nobody, the team, or an active account.</summary>
    /// <exception cref="InvalidInputException">No such active account.</exception>
    public static async Task RequireAssignableAsync(AppDb db, int? userId, CancellationToken cancellationToken)
    {
        if (userId is null or User.TeamId)
        {
            return;
        }

        if (!await db.Users.AnyAsync(user => user.Id == userId && user.DeactivatedAt == null, cancellationToken))
        {
            throw new InvalidInputException("AssignedTo", "Personne inconnue ou désactivée");
        }
    }
}
