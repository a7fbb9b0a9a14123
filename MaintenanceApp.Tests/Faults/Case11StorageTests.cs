using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 11: the database cannot be written for a while.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "11")]
public sealed class Case11StorageTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(20);

    [Fact(Explicit = true)]
    public async Task The_SQLite_file_is_locked_by_another_program()
    {
        await using var scene = await ProcessScene.CreateAsync();
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder(scene.Database.ConnectionString) { Pooling = false }.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);

        output.WriteLine(await new StorageTrouble(scene, TimeSpan.FromSeconds(45)).TellAsync(
            () => ExecuteAsync(other, "BEGIN EXCLUSIVE"),
            () => ExecuteAsync(other, "ROLLBACK")));
    }

    [Fact(Explicit = true)]
    public async Task The_disk_is_full()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting a file system needs root.");

        // More than the health check wants to see free, so that it is content before.
        await using var disk = await SmallDisk.MountAsync(megabytes: 1300);
        await using var scene = await ProcessScene.CreateAsync(await TestDatabase.CreateInAsync(disk.Folder));
        output.WriteLine(await new StorageTrouble(scene, Lasts).TellAsync(disk.FillAsync, disk.FreeAsync));
    }

    [Fact(Explicit = true)]
    public async Task The_SQLite_file_becomes_read_only()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "chattr +i needs root.");
        await using var scene = await ProcessScene.CreateAsync();

        // Not -shm: every connection maps it, and the kernel ends with SIGBUS whoever writes a mapped page of an immutable
        // file. No program can answer that; what comes after is a start on a read-only file, below.
        string[] files = [scene.Database.FilePath, scene.Database.FilePath + "-wal"];
        try
        {
            output.WriteLine(await new StorageTrouble(scene, Lasts).TellAsync(
                () => Shell.RunAsync("chattr", ["+i", .. files]),
                () => Shell.RunAsync("chattr", ["-i", .. files])));
        }
        finally
        {
            await Shell.TryAsync("chattr", ["-i", .. files]);
        }
    }

    [Fact(Explicit = true)]
    public async Task PostgreSQL_is_gone_for_twenty_seconds()
    {
        Assert.SkipWhen(PostgreSqlCluster.SkipReason is not null, PostgreSqlCluster.SkipReason ?? "");
        await using var cluster = await PostgreSqlCluster.StartAsync();
        await using var scene = await ProcessScene.CreateAsync(await TestDatabase.OnServerAsync(cluster.ConnectionString));
        output.WriteLine(await new StorageTrouble(scene, Lasts).TellAsync(cluster.StopAtOnceAsync, cluster.StartAgainAsync));
    }

    [Fact(Explicit = true)]
    public async Task A_start_on_a_read_only_file_system_says_so()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting a file system needs root.");
        await using var disk = await SmallDisk.MountAsync(megabytes: 64);
        await using var database = await TestDatabase.CreateInAsync(disk.Folder);
        await disk.MakeReadOnlyAsync();
        try
        {
            await SaysItCannotWriteAsync(database);
        }
        finally
        {
            await disk.MakeWritableAsync();
        }
    }

    [Fact(Explicit = true)]
    public async Task A_start_on_a_read_only_file_says_so()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "chattr +i needs root.");
        await using var database = await TestDatabase.CreateAsync();
        await Shell.RunAsync("chattr", "+i", database.FilePath);
        try
        {
            await SaysItCannotWriteAsync(database);
        }
        finally
        {
            await Shell.TryAsync("chattr", "-i", database.FilePath);
        }
    }

    private async Task SaysItCannotWriteAsync(TestDatabase database)
    {
        await using var process = AppProcess.Start(database, []);
        (await process.WaitForExitAsync()).ShouldBe(1, process.Output);
        process.Output.ShouldContain($"The database {database.FilePath} cannot be written");
        process.Output.ShouldNotContain("   at ");
        output.WriteLine(process.Output.Split('\n').First(line => line.Contains("cannot be written", StringComparison.Ordinal)).Replace(database.FilePath, "…", StringComparison.Ordinal));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
