using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Data;

/// <summary>Runs before the host starts: lock, migrate. Quartz creates its own tables afterwards, in the same database.</summary>
public sealed class DatabaseStartup(IDbContextFactory<AppDb> database, SqliteProcessLock processLock, DatabaseConnection connection)
{
    /// <exception cref="DatabaseInUseException">Another process holds the SQLite file.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        processLock.Acquire();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        if (connection.Provider == DatabaseProvider.Sqlite)
        {
            // Kept in the file: readers never wait for the writer.
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        }
    }
}
