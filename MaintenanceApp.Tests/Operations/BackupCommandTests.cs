using System.Formats.Tar;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets.Files;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.Operations;

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

        File.Move(target, target + ".files.tar");
        (await Run(database, "backup", target)).Output.ShouldContain($"{target}.files.tar exists already: nothing was written.");
        File.Exists(target).ShouldBeFalse();

        (await Run(database, "backup", "/nulle/part/copie.db")).Output.ShouldContain("There is no folder /nulle/part.");

        await using var missing = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        (await Run(missing, "backup", TestDatabase.TemporaryPath(".backup"))).Output.ShouldContain($"There is no database at {missing.FilePath}.");
        File.Exists(missing.FilePath).ShouldBeFalse();
    }

    [Fact]
    public async Task The_files_that_the_copy_names_come_along_and_unpack_into_a_store()
    {
        await using var database = await TestDatabase.CreateAsync();
        var folder = TestDatabase.TemporaryPath(".files");
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Files:Directory"] = folder });
        var store = host.Service<IFileStore>();
        var ticket = await host.Given.Ticket();
        var shown = await FullTicket.AddFileAsync(database, store, ticket, null);
        var removed = await FullTicket.AddFileAsync(database, store, ticket, DateTime.UtcNow);
        var missing = await FullTicket.AddFileAsync(database, store, ticket, null);
        store.Delete(missing);
        await store.SaveAsync(Guid.NewGuid().ToString("N"), new MemoryStream("personne"u8.ToArray()), long.MaxValue, CancellationToken.None);
        var target = TestDatabase.TemporaryPath(".backup");

        await using var process = AppProcess.Start(database, ["backup", target], new Dictionary<string, string?> { ["Files:Directory"] = folder });
        (await process.WaitForExitAsync()).ShouldBe(0, process.Output);

        process.Output.ShouldContain($"Files of tickets: 2, copied to {target}.files.tar");
        process.Output.ShouldContain("Named by the database, but not found: 1.");
        var unpacked = Directory.CreateDirectory(TestDatabase.TemporaryPath(".restored")).FullName;
        await TarFile.ExtractToDirectoryAsync(target + ".files.tar", unpacked, overwriteFiles: false, TestContext.Current.CancellationToken);
        Directory.GetFiles(unpacked, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(unpacked, path)).Order(StringComparer.Ordinal)
            .ShouldBe(new[] { shown, removed }.SelectMany(key => new[] { $"{key[..2]}/{key}", $"{key[..2]}/{key}-small" }).Order(StringComparer.Ordinal));
        (await File.ReadAllTextAsync(Path.Combine(unpacked, shown[..2], shown), TestContext.Current.CancellationToken)).ShouldBe("photo");
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
