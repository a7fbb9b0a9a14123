using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage.SQLite;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Jobs;

/// <summary>Hangfire's file is gone, damaged or locked: the alarm rings all the same. Against the real program: Faults/Case14JobsTests.</summary>
public sealed class JobStoreTests
{
    private static readonly Dictionary<string, string?> Soon = new() { ["Notifier:FirstScanDelay"] = "00:00:00", ["Notifier:ScanInterval"] = "00:30:00" };

    [Fact]
    public async Task A_file_of_rubbish_is_put_aside_and_administrators_are_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = FileOf(database);
        await File.WriteAllTextAsync(file, "ce n'est pas une base de données", CancellationToken.None);
        await using var host = new AppHost(database, null, Soon, withJobs: true);
        _ = host.Services;

        await WaitForAsync(database, run => run.State == ScanRunState.Finished);
        host.Service<JobStore>().Current.ShouldBeOfType<SQLiteStorage>();
        (await File.ReadAllTextAsync(file + ".unreadable", CancellationToken.None)).ShouldStartWith("ce n'est pas");
        await host.Service<ScanWatchdog>().LookAsync(CancellationToken.None);
        (await NoticesAsync(database)).ShouldBe([NoticeKind.JobsReplaced]);
        await host.Service<ScanWatchdog>().LookAsync(CancellationToken.None);
        (await NoticesAsync(database)).Count.ShouldBe(1, "told once");
    }

    [Fact]
    public async Task A_file_that_somebody_has_locked_leaves_the_jobs_in_memory()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var other = new SqliteConnection($"Data Source={FileOf(database)};Pooling=False");
        await other.OpenAsync(CancellationToken.None);
        await ExecuteAsync(other, "PRAGMA journal_mode = DELETE; CREATE TABLE theirs (id INTEGER); BEGIN EXCLUSIVE");
        await using var host = new AppHost(database, null, Soon, withJobs: true);
        _ = host.Services;

        await WaitForAsync(database, run => run.State == ScanRunState.Finished);
        host.Service<JobStore>().Current.ShouldBeOfType<InMemoryStorage>();
        await host.Service<ScanWatchdog>().LookAsync(CancellationToken.None);
        (await NoticesAsync(database)).ShouldBe([NoticeKind.JobsInMemory]);
    }

    [Fact]
    public async Task A_file_that_is_lost_while_it_is_used_is_begun_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, null, Soon, withJobs: true);
        _ = host.Services;
        await WaitForAsync(database, run => run.State == ScanRunState.Finished);
        File.Delete(FileOf(database));

        await host.Service<ScanWatchdog>().LookAsync(CancellationToken.None);

        File.Exists(FileOf(database)).ShouldBeTrue();
        host.Service<JobServer>().IsRunning.ShouldBeTrue();
        (await host.Service<JobSchedule>().MendAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldBe(ScheduleState.Fine);
        await host.Service<ScanRuns>().RequestAsync(ScanTrigger.Manual, null, CancellationToken.None);
        await WaitForAsync(database, run => run.Trigger == ScanTrigger.Manual && run.State == ScanRunState.Finished);
        (await NoticesAsync(database)).ShouldBe([NoticeKind.JobsReplaced]);
    }

    [Fact]
    public async Task What_a_killed_process_was_running_runs_again_at_once_and_its_locks_hold_nobody_up()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var first = new AppHost(database, null, Soon, withJobs: true))
        {
            _ = first.Services;
            await WaitForAsync(database, run => run.State == ScanRunState.Finished);
        }

        await using (var file = new SqliteConnection($"Data Source={FileOf(database)};Pooling=False"))
        {
            await file.OpenAsync(CancellationToken.None);
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await ExecuteAsync(file, $"UPDATE Job SET StateName = 'Processing', ExpireAt = 0; INSERT INTO JobQueue (JobId, Queue, FetchedAt) SELECT MAX(Id), 'default', {now.Ticks} FROM Job");
            await ExecuteAsync(file, $"INSERT INTO DistributedLock (Id, Resource, ResourceKey, ExpireAt) VALUES ('x', 'HangFire:recurring-jobs:lock', 'x', {now.AddDays(1).Ticks})");
        }

        await using var second = new AppHost(database, null, Soon, withJobs: true);
        _ = second.Services;
        await WaitAsync(async () =>
        {
            await using var file = new SqliteConnection($"Data Source={FileOf(database)};Pooling=False;Mode=ReadOnly");
            await file.OpenAsync(CancellationToken.None);
            return await ScalarAsync(file, "SELECT COUNT(*) FROM JobQueue") == 0 && await ScalarAsync(file, "SELECT COUNT(*) FROM DistributedLock WHERE Id = 'x'") == 0;
        });
    }

    [Fact]
    public async Task Jobs_and_tickets_use_the_same_new_native_SQLite()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, null, Soon, withJobs: true);
        _ = host.Services;
        await using var db = database.CreateDbContext();
        var ours = await db.Database.SqlQueryRaw<string>("SELECT sqlite_version() AS \"Value\"").SingleAsync(CancellationToken.None);
        var theirs = ((HangfireSQLiteConnection)host.Service<JobStorage>().GetConnection()).DbContext.Database.ExecuteScalar<string>("SELECT sqlite_version()");

        theirs.ShouldBe(ours);
        Version.Parse(ours).ShouldBeGreaterThanOrEqualTo(new Version(3, 53));
    }

    private static string FileOf(TestDatabase database) => Path.ChangeExtension(database.FilePath, ".jobs.db");

    private static async Task<List<NoticeKind>> NoticesAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await db.AdminNotices.Select(notice => notice.Kind).ToListAsync();
    }

    private static Task WaitForAsync(TestDatabase database, System.Linq.Expressions.Expression<Func<ScanRun, bool>> run) => WaitAsync(async () =>
    {
        await using var db = database.CreateDbContext();
        return await db.ScanRuns.AnyAsync(run);
    });

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> ScalarAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
