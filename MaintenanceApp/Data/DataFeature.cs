using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaintenanceApp.Data;

/// <summary>The database: provider, connection, start-up migration, one process per SQLite file.</summary>
public static class DataFeature
{
    public const string ConnectionName = "Maintenance";

    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration("Database").ValidateDataAnnotations().ValidateOnStart();
        var connection = DatabaseConnection.From(configuration, environment);
        services.AddSingleton(connection);
        services.AddSingleton<SqliteProcessLock>();
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<DatabaseState>();
        services.AddSingleton<DatabaseWatch>();

        if (connection.Provider == DatabaseProvider.PostgreSql)
        {
            services.AddDbContextFactory<PostgreSqlAppDb>((provider, options) => options
                .UseNpgsql(connection.ConnectionString)
                .AddInterceptors(provider.GetRequiredService<DatabaseWatch>()));
            services.AddSingleton<IDbContextFactory<AppDb>, AppDbFactory<PostgreSqlAppDb>>();
        }
        else
        {
            services.AddDbContextFactory<SqliteAppDb>((provider, options) => options
                .UseSqlite(connection.ConnectionString)
                .ReplaceService<IMigrationsSqlGenerator, SqliteMigrations>()
                .AddInterceptors(SqlitePragmas.Instance, SqliteReadOnlyRecovery.Instance, provider.GetRequiredService<DatabaseWatch>()));
            services.AddSingleton<IDbContextFactory<AppDb>, AppDbFactory<SqliteAppDb>>();
        }

        // For ASP.NET Core Identity only; everything else uses the factory.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContext());
        return services;
    }
}

/// <summary>The provider and the connection string with its file made absolute, so that it does not depend on where the process was started.</summary>
public sealed record DatabaseConnection(DatabaseProvider Provider, string ConnectionString)
{
    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? File => Provider == DatabaseProvider.Sqlite ? new SqliteConnectionStringBuilder(ConnectionString).DataSource : null;

    /// <exception cref="InvalidOperationException">A key is missing or wrong; the message names it.</exception>
    public static DatabaseConnection From(IConfiguration configuration, IHostEnvironment environment)
    {
        var word = configuration["Database:Provider"];
        if (!Enum.TryParse<DatabaseProvider>(word ?? nameof(DatabaseProvider.Sqlite), ignoreCase: true, out var provider))
        {
            throw new InvalidOperationException($"Database:Provider is '{word}': it must be Sqlite or PostgreSql.");
        }

        var text = configuration.GetConnectionString(DataFeature.ConnectionName);
        if (provider == DatabaseProvider.PostgreSql)
        {
            return new(provider, string.IsNullOrWhiteSpace(text)
                ? throw new InvalidOperationException("ConnectionStrings:Maintenance is missing: PostgreSql needs it.")
                : text);
        }

        var sqlite = new SqliteConnectionStringBuilder(string.IsNullOrWhiteSpace(text) ? "Data Source=data/maintenance.db" : text);
        sqlite.DataSource = Path.GetFullPath(sqlite.DataSource, environment.ContentRootPath);
        return new(provider, sqlite.ToString());
    }
}

/// <summary>Settings that SQLite keeps per connection. WAL itself is kept in the file, see <see cref="DatabaseStartup"/>.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();

    private const string Pragmas = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
