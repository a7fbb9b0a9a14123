using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.LegacyImport;

/// <summary>
/// Writes one table after the other under the ids of the old database, and notes where an id is taken by another row.
/// </summary>
internal sealed class RowImport(AppDb db, LegacyDatabase source, ImportReport report)
{
    private const int BatchSize = 500;

    private readonly List<string> conflicts = [];

    /// <summary>Imports a table.</summary>
    /// <param name="table">Its name in the old database.</param>
    /// <param name="read">
    /// The values of a <typeparamref name="T"/> by property name, <c>CreatedAt</c> among them; null after
    /// <see cref="LegacyRow.Skip"/>.
    /// </param>
    /// <param name="complete">Fills in what the entity derives from its values.</param>
    /// <param name="cancellationToken">The caller rolls back.</param>
    /// <returns>The ids of the file that now exist here.</returns>
    public async Task<HashSet<int>> RunAsync<T>(
        string table, Func<LegacyRow, int, object?> read, Action<T>? complete, CancellationToken cancellationToken)
        where T : class
    {
        var result = report.Start(table);
        if (!source.Has(table))
        {
            report.NotImported.Add((table, 0, "the file has no such table"));
        }

        var existing = await db.Set<T>()
            .Select(row => new { Id = EF.Property<int>(row, "Id"), CreatedAt = EF.Property<DateTime>(row, "CreatedAt") })
            .ToDictionaryAsync(row => row.Id, row => row.CreatedAt, cancellationToken);
        var present = new HashSet<int>();
        await foreach (var row in source.RowsAsync(table, cancellationToken))
        {
            if (row.Id is not { } id || id == 0 || present.Contains(id))
            {
                result.AddSkipped(row, "its id is missing, not a number from 1 to 2147483647, or that of a row before it");
            }
            else if (read(row, id) is not { } values)
            {
                result.AddSkipped(row, row.SkippedBecause ?? "");
            }
            else
            {
                present.Add(id);
                if (Keep(id, row, EntityValues.Of(values), existing, result, complete) && result.Imported % BatchSize == 0)
                {
                    await SaveAsync(cancellationToken);
                }
            }
        }

        await SaveAsync(cancellationToken);
        return present;
    }

    /// <exception cref="LegacyImportException">An id of the file is taken by a row that did not come from it.</exception>
    public void RefuseMixing()
    {
        if (conflicts.Count > 0)
        {
            throw new LegacyImportException(
                $"Nothing was imported: this database already holds other rows under the same numbers ({string.Join(", ", conflicts.Take(5))}{(conflicts.Count > 5 ? $" and {conflicts.Count - 5} more" : "")}), " +
                "such as demo data. Import into a new database: set ConnectionStrings:Maintenance (environment: ConnectionStrings__Maintenance) to a file that does not exist yet.");
        }
    }

    /// <summary>False when the row exists already.</summary>
    private bool Keep<T>(int id, LegacyRow row, EntityValues values, Dictionary<int, DateTime> existing, TableReport result, Action<T>? complete)
        where T : class
    {
        if (existing.TryGetValue(id, out var createdAt))
        {
            result.AddUnchanged(row);
            if (createdAt != values.CreatedAt)
            {
                conflicts.Add($"{row.Table} {id}");
            }

            return false;
        }

        values.AddTo(db, complete);
        result.AddImported(row);
        return true;
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}

/// <summary>
/// The values of a new row by property name. Entities keep their private setters: only EF writes past them, as when it
/// loads a row.
/// </summary>
internal sealed class EntityValues
{
    private readonly Dictionary<string, object?> values;

    private EntityValues(Dictionary<string, object?> values) => this.values = values;

    public DateTime CreatedAt => (DateTime)values[nameof(CreatedAt)]!;

    public static EntityValues Of(object values) =>
        new(values.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(values)));

    public void AddTo<T>(AppDb db, Action<T>? complete)
        where T : class
    {
        var entity = (T)Activator.CreateInstance(typeof(T), nonPublic: true)!;
        var entry = db.Entry(entity);
        foreach (var (name, value) in values)
        {
            entry.Property(name).CurrentValue = value;
        }

        complete?.Invoke(entity);
        entry.State = EntityState.Added;
    }
}
