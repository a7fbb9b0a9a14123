using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.Data;

public sealed class BackupCommandTests
{
    [Fact]
    public async Task A_backup_is_a_whole_database_also_while_another_process_holds_and_writes_the_original()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("PRAGMA journal_mode = WAL");
        await using var holder = new FileStream(database.FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        await new Given(database, new FakeClock()).OverdueTickets(40);
        var target = TestDatabase.TemporaryPath(".backup");

        var run = await Run(database, "backup", target);

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain($"{database.FilePath} was copied to {target}");
        await using var copy = new SqliteConnection($"Data Source={target};Mode=ReadOnly;Pooling=False");
        await copy.OpenAsync();
        await using var command = copy.CreateCommand();
        command.CommandText = "SELECT count(*) FROM tickets";
        (await command.ExecuteScalarAsync()).ShouldBe(40L);
        Directory.GetFiles(Path.GetDirectoryName(target)!, Path.GetFileName(target) + "*").ShouldBe([target]);
    }

    [Fact]
    public async Task A_backup_never_overwrites_and_never_makes_a_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        var target = TestDatabase.TemporaryPath(".backup");
        await File.WriteAllTextAsync(target, "précieux");

        var run = await Run(database, "backup", target);
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain($"{target} exists already: nothing was written.");
        (await File.ReadAllTextAsync(target)).ShouldBe("précieux");

        (await Run(database, "backup", "/nulle/part/copie.db")).Output.ShouldContain("There is no folder /nulle/part.");

        await using var missing = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        (await Run(missing, "backup", TestDatabase.TemporaryPath(".backup"))).Output.ShouldContain($"There is no database at {missing.FilePath}.");
        File.Exists(missing.FilePath).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task On_PostgreSql_the_command_names_pg_dump(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var run = await Run(database, "backup", TestDatabase.TemporaryPath(".backup"));

        (run.ExitCode == 1 && run.Output.Contains("pg_dump", StringComparison.Ordinal)).ShouldBe(provider == DatabaseProvider.PostgreSql, run.Output);
    }

    private static async Task<(int ExitCode, string Output)> Run(TestDatabase database, params string[] arguments)
    {
        await using var process = AppProcess.Start(database, arguments);
        return (await process.WaitForExitAsync(), process.Output);
    }
}
