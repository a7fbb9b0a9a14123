using System.Globalization;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MaintenanceApp.Tests.Support;

/// <summary>The server that scripts/test.sh starts; each test gets a copy of one migrated database.</summary>
public static class PostgreSqlServer
{
    public const string ConnectionVariable = "MAINTENANCE_TEST_POSTGRES";
    public const string RequireVariable = "MAINTENANCE_TEST_REQUIRE_POSTGRES";

    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    /// <summary>Null when the tests must run.</summary>
    public static string? SkipReason => ConnectionString is null && Environment.GetEnvironmentVariable(RequireVariable) != "1"
        ? $"No PostgreSQL server: run scripts/test.sh, or set {ConnectionVariable} to an administrator's connection string."
        : null;

    private static string? ConnectionString => Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } text ? text : null;

    /// <summary>A new, migrated database; the caller drops it.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var template = await Template.Value;
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionTo(name);
    }

    /// <summary>A new database without tables; the caller drops it.</summary>
    public static async Task<string> CreateEmptyDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        return ConnectionTo(name);
    }

    public static async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"template_{Environment.ProcessId}_{Guid.NewGuid():N}");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        var options = new DbContextOptionsBuilder<PostgreSqlAppDb>().UseNpgsql(ConnectionTo(name, pooling: false)).Options;
        await using var db = new PostgreSqlAppDb(options);
        await db.Database.MigrateAsync();
        return name;
    }

    private static string ConnectionTo(string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder(Required()) { Database = database, Pooling = pooling, MaxPoolSize = 20 }.ConnectionString;

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Required()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static string Required() => ConnectionString
        ?? throw new InvalidOperationException($"PostgreSQL is required ({RequireVariable}=1) but {ConnectionVariable} is not set. Run scripts/test.sh.");
}
