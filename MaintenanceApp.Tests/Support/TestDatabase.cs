using System.Data.Common;
using MaintenanceApp.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// A database of its own for one test, with every migration applied: a copied file on SQLite, a copied database on
/// PostgreSQL. Gone when disposed.
/// </summary>
public sealed class TestDatabase : IDbContextFactory<AppDb>, IAsyncDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("maintenance-tests-").FullName;
    private static readonly Lazy<Task<string>> SqliteTemplate = new(CreateSqliteTemplateAsync);

    private readonly Func<AppDb> create;
    private HeldWork? held;
    private bool hasOwnServer;

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    private TestDatabase(DatabaseProvider provider, string connectionString)
    {
        Provider = provider;
        ConnectionString = connectionString;
        create = provider switch
        {
            DatabaseProvider.Sqlite => Creator(new DbContextOptionsBuilder<SqliteAppDb>().UseSqlite(connectionString).ReplaceService<IMigrationsSqlGenerator, SqliteMigrations>(), options => new SqliteAppDb(options)),
            DatabaseProvider.PostgreSql => Creator(new DbContextOptionsBuilder<PostgreSqlAppDb>().UseNpgsql(connectionString), options => new PostgreSqlAppDb(options)),
        };
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The SQLite file.</summary>
    /// <exception cref="InvalidOperationException">The database is on PostgreSQL.</exception>
    public string FilePath => Provider == DatabaseProvider.Sqlite
        ? new SqliteConnectionStringBuilder(ConnectionString).DataSource
        : throw new InvalidOperationException("A PostgreSQL database is not a file.");

    /// <summary>A path in the folder of temporary files, which goes away with the test run.</summary>
    public static string TemporaryPath(string extension) => Path.Combine(Folder, $"{Guid.NewGuid():N}{extension}");

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        if (provider == DatabaseProvider.PostgreSql)
        {
            return new TestDatabase(provider, await PostgreSqlServer.CreateDatabaseAsync());
        }

        var file = TemporaryPath(".db");
        File.Copy(await SqliteTemplate.Value, file);
        return new TestDatabase(provider, SqliteConnectionString(file));
    }

    /// <summary>A migrated SQLite file in a folder of the test's own, such as a file system of its own.</summary>
    public static async Task<TestDatabase> CreateInAsync(string folder)
    {
        var file = Path.Combine(folder, "maintenance.db");
        File.Copy(await SqliteTemplate.Value, file);
        return new TestDatabase(DatabaseProvider.Sqlite, SqliteConnectionString(file));
    }

    /// <summary>A database on a PostgreSQL server of the test's own, migrated; goes away with that server.</summary>
    public static async Task<TestDatabase> OnServerAsync(string connectionString)
    {
        var database = new TestDatabase(DatabaseProvider.PostgreSql, connectionString) { hasOwnServer = true };
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        return database;
    }

    /// <summary>No table yet: for tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider) => provider == DatabaseProvider.PostgreSql
        ? new TestDatabase(provider, await PostgreSqlServer.CreateEmptyDatabaseAsync())
        : new TestDatabase(provider, SqliteConnectionString(TemporaryPath(".db")));

    /// <summary>A SQLite file that is there already; goes away when disposed.</summary>
    public static TestDatabase OfFile(string file) => new(DatabaseProvider.Sqlite, SqliteConnectionString(file));

    public AppDb CreateDbContext() => create();

    public async Task<AppDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        await (Interlocked.Exchange(ref held, null)?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return create();
    }

    /// <summary>The next work begun on this database waits before its first question, as on a slow server.</summary>
    public HeldWork HoldNext() => held = new HeldWork();

    /// <summary>The SQLite file cannot be opened any more, until <see cref="BringBack"/>.</summary>
    public void TakeAway()
    {
        SqliteConnection.ClearAllPools();
        File.Move(FilePath, FilePath + ".away");
        Directory.CreateDirectory(FilePath);
    }

    public void BringBack()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(FilePath);
        File.Move(FilePath + ".away", FilePath);
    }

    /// <summary>Runs SQL as an operator would, beside the application.</summary>
    /// <returns>Rows affected.</returns>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var db = create();
        await using var command = await CommandAsync(db, sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; null for SQL NULL and for no row.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var db = create();
        await using var command = await CommandAsync(db, sql);
        return await command.ExecuteScalarAsync() is var value && value is DBNull ? null : value;
    }

    /// <summary>Every row, its columns by name; SQL NULL is null.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> QueryAsync(string sql)
    {
        await using var db = create();
        await using var command = await CommandAsync(db, sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, column => reader.IsDBNull(column) ? null : reader.GetValue(column)));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (hasOwnServer)
        {
            return;
        }

        if (Provider == DatabaseProvider.PostgreSql)
        {
            await PostgreSqlServer.DropDatabaseAsync(ConnectionString);
            return;
        }

        await using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(FilePath)!, Path.GetFileName(FilePath) + "*"))
        {
            File.Delete(file);
        }
    }

    private static string SqliteConnectionString(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ConnectionString;

    private static Func<AppDb> Creator<T>(DbContextOptionsBuilder<T> builder, Func<DbContextOptions<T>, AppDb> construct)
        where T : AppDb
    {
        var options = builder.EnableSensitiveDataLogging().Options;
        return () => construct(options);
    }

    private static async Task<DbCommand> CommandAsync(AppDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static async Task<string> CreateSqliteTemplateAsync()
    {
        var file = TemporaryPath(".template");
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
        await using var db = new SqliteAppDb(new DbContextOptionsBuilder<SqliteAppDb>().UseSqlite(connectionString).Options);
        await db.Database.MigrateAsync();
        return file;
    }
}
