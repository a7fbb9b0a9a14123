using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MaintenanceApp.Data;

/// <summary>
/// Brings a SQLite file up to date all or nothing. To change a column EF Core rebuilds its table with foreign keys switched
/// off (https://www.sqlite.org/lang_altertable.html#otheralter), and that switch ends the transaction: a process killed
/// there would leave half a migration, which no later start could finish. This context never checks foreign keys, so
/// the switch is left out and the transaction goes through to the line in the history.
/// </summary>
internal static class SqliteMigration
{
    /// <summary>For migrating only: with a connection of its own, which is not kept.</summary>
    public static SqliteAppDb CreateContext(DatabaseConnection connection)
    {
        var noChecks = new SqliteConnectionStringBuilder(connection.ConnectionString) { ForeignKeys = false, Pooling = false };
        return new(new DbContextOptionsBuilder<SqliteAppDb>()
            .UseSqlite(noChecks.ConnectionString)
            .ReplaceService<IMigrationsSqlGenerator, WithoutSwitch>()
            .Options);
    }

    private sealed class WithoutSwitch(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
        : SqliteMigrationsSqlGenerator(dependencies, annotations)
    {
        public override IReadOnlyList<MigrationCommand> Generate(
            IReadOnlyList<MigrationOperation> operations,
            IModel? model = null,
            MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default) =>
            [.. base.Generate(operations, model, options).Where(command => !command.CommandText.StartsWith("PRAGMA foreign_keys", StringComparison.Ordinal))];
    }
}
