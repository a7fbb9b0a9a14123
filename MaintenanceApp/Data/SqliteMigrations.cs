using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MaintenanceApp.Data;

/// <summary>
/// Each migration of a SQLite file all or nothing. To change a column EF Core rebuilds its table with foreign keys switched
/// off (https://www.sqlite.org/lang_altertable.html#otheralter), and that switch ends the transaction: a process killed
/// there would leave half a migration, which no later start could finish. On a connection that never checks foreign
/// keys the switch is left out, and the transaction goes through to the line in the history.
/// </summary>
internal sealed class SqliteMigrations(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    /// <summary>Before the connection of <paramref name="db"/> opens: from here on it is for migrating only.</summary>
    public static void CheckNoForeignKeys(AppDb db) => db.Database.SetConnectionString(
        new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { ForeignKeys = false, Pooling = false }.ConnectionString);

    public override IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default)
    {
        var commands = base.Generate(operations, model, options);
        var connection = new SqliteConnectionStringBuilder(Dependencies.CurrentContext.Context.Database.GetConnectionString());
        return connection.ForeignKeys == false
            ? [.. commands.Where(command => !command.CommandText.StartsWith("PRAGMA foreign_keys", StringComparison.Ordinal))]
            : commands;
    }
}
