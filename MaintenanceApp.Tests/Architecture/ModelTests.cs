using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Architecture;

public sealed class ModelTests
{
    [Fact]
    public void The_migrations_of_sqlite_hold_the_whole_model()
    {
        using var db = new SqliteAppDb(new DbContextOptionsBuilder<SqliteAppDb>().UseSqlite("Data Source=unused.db").Options);
        db.Database.HasPendingModelChanges().ShouldBeFalse("run scripts/add-migration");
    }

    [Fact]
    public void The_migrations_of_postgresql_hold_the_whole_model()
    {
        using var db = new PostgreSqlAppDb(new DbContextOptionsBuilder<PostgreSqlAppDb>().UseNpgsql("Host=unused").Options);
        db.Database.HasPendingModelChanges().ShouldBeFalse("run scripts/add-migration");
    }

    [Fact]
    public void Both_databases_have_the_same_migrations()
    {
        static IEnumerable<string> Names(string provider) => Sources.Files($"Migrations/{provider}", ".cs")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name.Contains('_', StringComparison.Ordinal) && !name.EndsWith(".Designer", StringComparison.Ordinal))
            .Select(name => name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..]);

        Names("PostgreSql").ShouldBe(Names("Sqlite"));
    }

    [Theory, BothDatabases]
    public async Task Every_table_and_column_is_snake_case(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.CreateDbContext();
        db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => $"{entity.GetTableName()}.{property.GetColumnName()}"))
            .Where(name => name.Any(char.IsUpper))
            .ShouldBeEmpty();
    }
}
