using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Machines;

/// <summary>One machine. Instants are UTC. How its tickets stand is in <c>Tickets/MachineTicketCounts</c>.</summary>
public sealed record MachineRow(
    int Id,
    string MachineType,
    string Model,
    string? SerialNumber,
    string? Location,
    MachineStatus Status,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    int Version)
{
    public string Name => $"{MachineType} {Model}".Trim();
}

/// <summary>What screens and routes read about machines.</summary>
public sealed class MachineQueries(IDbContextFactory<AppDb> database)
{
    /// <summary>Every machine, by type and model.</summary>
    public async Task<IReadOnlyList<MachineRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await Rows(db, null).ToListAsync(cancellationToken);

        // Few rows, and each database has its own idea of the alphabet.
        return [.. rows.OrderBy(row => SearchText.Fold(row.Name), StringComparer.Ordinal).ThenBy(row => row.Id)];
    }

    /// <summary>Null when there is no such machine.</summary>
    public async Task<MachineRow?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Rows(db, id).SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<MachineRow> Rows(AppDb db, int? id) => db.Machines.AsNoTracking().Where(machine => id == null || machine.Id == id).Select(machine => new MachineRow(
        machine.Id,
        machine.MachineType,
        machine.Model,
        machine.SerialNumber,
        machine.Location,
        machine.Status,
        machine.CreatedAt,
        machine.UpdatedAt,
        machine.Version));
}
