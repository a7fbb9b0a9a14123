using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Data;

/// <summary>Runs before the host starts: lock, migrate. Hangfire makes its own tables afterwards, in its own file or schema.</summary>
public sealed class DatabaseStartup(IDbContextFactory<AppDb> database, SqliteProcessLock processLock, DatabaseConnection connection)
{
    /// <exception cref="DatabaseInUseException">Another process holds the SQLite file.</exception>
    /// <exception cref="DatabaseNotWritableException">The SQLite file or its folder is read-only, or the disk is full.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        processLock.Acquire();
        try
        {
            await MigrateAsync(cancellationToken);
        }
        catch (SqliteException cause) when (IsNotWritable(cause) && connection.File is { } file)
        {
            throw new DatabaseNotWritableException(file, cause);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (connection.Provider == DatabaseProvider.PostgreSql)
        {
            await db.Database.MigrateAsync(cancellationToken);
            return;
        }

        SqliteMigrations.CheckNoForeignKeys(db);

        // EF Core's lock on SQLite is a row, which a process killed while it starts leaves behind; the next one would wait
        // for it for ever (https://learn.microsoft.com/ef/core/providers/sqlite/limitations#concurrent-migrations-protection).
        // We hold the file's own lock: whoever wrote that row is dead. PostgreSQL lets go of its lock by itself.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);

        // Kept in the file: readers never wait for the writer.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
    }

    /// <summary>SQLITE_READONLY, SQLITE_FULL, SQLITE_CANTOPEN (https://www.sqlite.org/rescode.html).</summary>
    private static bool IsNotWritable(SqliteException cause) => cause.SqliteErrorCode is 8 or 13 or 14;
}
