using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaintenanceApp.Tests.Data;

/// <summary>One process, one file, readers that never wait for the writer.</summary>
public sealed class SqliteFileTests
{
    [Fact]
    public async Task The_application_opens_its_file_in_wal_mode_and_waits_when_it_is_busy()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        await using var db = await host.Service<IDbContextFactory<AppDb>>().CreateDbContextAsync();

        (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
        (await db.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync()).ShouldBeGreaterThanOrEqualTo(5000);
        (await db.Database.SqlQueryRaw<int>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Foreign_keys_hold_without_being_asked_for_in_the_connection_string()
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:Maintenance"] = $"Data Source={database.FilePath}" };
        await using var host = new AppHost(database, settings: settings);
        await using var db = await host.Service<IDbContextFactory<AppDb>>().CreateDbContextAsync();

        (await db.Database.SqlQueryRaw<int>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_killed_process_leaves_no_lock_behind_and_a_second_one_beside_the_next_stops_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var killed = await AppProcess.ServeAsync(database))
        {
            await killed.KillAsync();
        }

        await using var first = await AppProcess.ServeAsync(database);
        await using var second = AppProcess.Start(database, []);

        (await second.WaitForExitAsync()).ShouldNotBe(0);
        second.Output.ShouldContain($"The database {database.FilePath} is already in use by another MaintenanceApp process");
        second.Output.ShouldNotContain("   at MaintenanceApp.", Case.Sensitive, "a sentence, not a stack trace");
        using var client = new HttpClient { BaseAddress = first.Url };
        using var answer = await client.GetAsync(new Uri("/login", UriKind.Relative));
        ((int)answer.StatusCode).ShouldBeLessThan(500, "the first one goes on");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_killed_while_it_migrates_does_not_keep_the_next_one_waiting(bool onFirstStart)
    {
        await using var database = onFirstStart ? await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite) : await TestDatabase.CreateAsync();
        await using (var killed = database.CreateDbContext())
        {
            // Never disposed, as by kill -9.
            _ = await killed.GetService<IHistoryRepository>().AcquireDatabaseLockAsync(TestContext.Current.CancellationToken);
        }

        var connection = new DatabaseConnection(DatabaseProvider.Sqlite, database.ConnectionString);
        using var processLock = new SqliteProcessLock(connection);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await new DatabaseStartup(database, processLock, connection).PrepareAsync(limit.Token);

        await using var db = database.CreateDbContext();
        (await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
