using System.Diagnostics;
using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 14: Hangfire's own storage breaks in every way; the scans go on, nothing is lost and nothing doubled.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "14")]
public sealed class Case14JobsTests(ITestOutputHelper output)
{
    private const int Kills = 15;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Sending = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData("a job is fetched", "SELECT COUNT(*) FROM JobQueue WHERE FetchedAt > 0")]
    [InlineData("a lock is held", "SELECT COUNT(*) FROM DistributedLock")]
    public async Task Killed_while(string moment, string query)
    {
        await using var scene = await SceneAsync();
        scene.Receiver.Decides = _ => new Reply(Delay: TimeSpan.FromMilliseconds(300));
        var (left, longest) = (0L, TimeSpan.Zero);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await scene.Given.OverdueTickets(3);
            var (process, first) = await StartAsync(scene);
            longest = Max(longest, first);
            await UntilAsync(scene, query);
            await process.KillAsync();
            left += await CountAsync(scene, query);
        }

        scene.Receiver.Decides = null;
        await scene.StartAsync();
        await scene.WaitUntilAllEndAsync(TimeSpan.FromMinutes(5));
        var held = await scene.HoldAsync();
        left.ShouldBeGreaterThan(0, "the moment was met");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Kills} kills while {moment}, {left} left behind: first scan ended at most {longest.TotalSeconds:0.0} s after each start; 0 lost, {held}"));
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    /// <summary>Seven programs side by side: starting one takes a core, waiting takes none.</summary>
    [Fact(Explicit = true)]
    public async Task The_file_is_broken_while_it_is_used()
    {
        string[] ways = ["deleted", "truncated", "rubbish", "locked", "a day ahead", "a day behind", .. Environment.IsPrivilegedProcess ? ["read-only"] : Array.Empty<string>()];
        using var oneStart = new SemaphoreSlim(1, 1);
        foreach (var seen in await Task.WhenAll(ways.Select(how => BreakInUseAsync(how, oneStart))))
        {
            output.WriteLine(seen);
        }
    }

    private static async Task<string> BreakInUseAsync(string how, SemaphoreSlim oneStart)
    {
        await using var scene = await SceneAsync();
        await oneStart.WaitAsync(Cancel);
        try
        {
            await scene.StartAsync();
            await scene.Given.OverdueTickets(3);
            await scene.WaitForPostsAsync(3, TimeSpan.FromSeconds(60));
        }
        finally
        {
            oneStart.Release();
        }

        await using (await BreakAsync(scene, how))
        {
            var broken = Stopwatch.GetTimestamp();
            await scene.Given.OverdueTickets(3);
            await scene.WaitForPostsAsync(6, (2 * Interval) + Sending);
            await Task.Delay(TimeSpan.FromSeconds(60) - Stopwatch.GetElapsedTime(broken), Cancel);
        }

        await scene.Given.OverdueTickets(3);
        await scene.WaitForPostsAsync(9, (2 * Interval) + Sending);
        return await HoldAsync(scene, $"{how} for 60 s while running");
    }

    [Theory(Explicit = true)]
    [InlineData("deleted")]
    [InlineData("truncated")]
    [InlineData("rubbish")]
    [InlineData("read-only")]
    [InlineData("locked")]
    [InlineData("a day ahead")]
    [InlineData("a day behind")]
    public async Task The_file_is_broken_before_the_start(string how)
    {
        Assert.SkipUnless(how != "read-only" || Environment.IsPrivilegedProcess, "chattr +i needs root.");
        await using var scene = await SceneAsync();
        var before = await scene.StartAsync();
        await scene.Given.OverdueTickets(3);
        await scene.WaitForPostsAsync(3, TimeSpan.FromSeconds(30));

        await scene.WaitUntilAllEndAsync(TimeSpan.FromMinutes(1));
        await before.KillAsync();

        TimeSpan first;
        await using (await BreakAsync(scene, how))
        {
            await scene.Given.OverdueTickets(3);
            (_, first) = await StartAsync(scene);
            await scene.WaitForPostsAsync(6, (2 * Interval) + Sending);
        }

        await scene.Given.OverdueTickets(3);
        await scene.WaitForPostsAsync(9, (2 * Interval) + Sending);
        var held = await HoldAsync(scene, $"{how} before the start", ofLastStart: true);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held}; first scan {first.TotalSeconds:0.0} s after it"));
        first.ShouldBeLessThan(2 * Interval);
    }

    [Fact(Explicit = true)]
    public async Task One_of_two_nodes_is_killed_in_mid_run()
    {
        Assert.SkipWhen(PostgreSqlServer.SkipReason is not null, PostgreSqlServer.SkipReason ?? "");
        await using var scene = await SceneAsync(DatabaseProvider.PostgreSql);
        scene.Receiver.Decides = _ => new Reply(Delay: TimeSpan.FromMilliseconds(300));
        scene.Settings["Notifier:RequestTimeout"] = "00:00:02";
        await scene.StartAsync();
        await scene.StartAsync();
        var (scans, sends) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var kill = 1; kill <= 4; kill++)
        {
            await scene.Given.OverdueTickets(40);
            var before = scene.Posts.Count;
            await scene.WaitForPostsAsync(before + 10, TimeSpan.FromMinutes(1));
            var leader = await LeaderAsync(scene);
            await leader.KillAsync();
            var killed = TimeProvider.System.GetUtcNow().UtcDateTime;
            var arrived = scene.Posts.Count;
            var started = Stopwatch.GetTimestamp();
            await scene.WaitForPostsAsync(arrived + 2, TimeSpan.FromMinutes(1));
            sends = Max(sends, Stopwatch.GetElapsedTime(started));
            scans = Max(scans, await FirstScanAsync(scene, killed));
            await scene.StartAsync();
        }

        scene.Receiver.Decides = null;
        await scene.WaitUntilAllEndAsync(TimeSpan.FromMinutes(5));
        var held = await scene.HoldAsync(lease: TimeSpan.FromSeconds(42));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"4 kills of the node that sends: the other sends after at most {sends.TotalSeconds:0.0} s, scans after at most {scans.TotalSeconds:0.0} s; 0 lost, {held}"));
        sends.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        scans.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    /// <returns>And how long after it listens the first scan has ended; it may have before.</returns>
    private static async Task<(AppProcess Process, TimeSpan FirstScan)> StartAsync(ProcessScene scene)
    {
        var launched = TimeProvider.System.GetUtcNow().UtcDateTime;
        var process = await scene.StartAsync();
        var listening = TimeProvider.System.GetUtcNow().UtcDateTime;
        return (process, Max(launched + await FirstScanAsync(scene, launched) - listening, TimeSpan.Zero));
    }

    private static async Task<ProcessScene> SceneAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var scene = await ProcessScene.CreateAsync(provider);
        scene.Settings["Notifier:ScanInterval"] = Interval.ToString();
        return scene;
    }

    private static async Task<string> HoldAsync(ProcessScene scene, string what, bool ofLastStart = false)
    {
        await scene.WaitUntilAllEndAsync(TimeSpan.FromMinutes(1));
        var held = await scene.HoldAsync();
        await using var db = scene.Database.CreateDbContext();
        var starts = await db.ScanRuns.AsNoTracking().Where(run => run.StartedAt != null).OrderBy(run => run.StartedAt).Select(run => run.StartedAt!.Value).ToListAsync(Cancel);
        var longest = starts.Zip(starts.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max();
        var notices = await db.AdminNotices.AsNoTracking().Select(notice => $"{notice.Kind} × {notice.Count}").ToListAsync(Cancel);
        var seen = string.Create(CultureInfo.InvariantCulture, $"{what}: {starts.Count} scans{(ofLastStart ? "" : $", at most {longest.TotalSeconds:0.0} s from one to the next (interval {Interval.TotalSeconds:0} s)")}; 0 lost, {held}; notices: {string.Join(", ", notices)}");
        (ofLastStart ? TimeSpan.Zero : longest).ShouldBeLessThan((2 * Interval) + Slack, seen);
        scene.Posts.Count.ShouldBe(9, $"each once: {seen}");
        return seen;
    }

    private static string JobsFile(ProcessScene scene) => Path.ChangeExtension(scene.Database.FilePath, ".jobs.db");

    /// <returns>Mends it, where that is somebody else's to do.</returns>
    private static async Task<IAsyncDisposable> BreakAsync(ProcessScene scene, string how)
    {
        var file = JobsFile(scene);
        switch (how)
        {
            case "deleted":
                foreach (var part in new[] { file, file + "-wal", file + "-shm" })
                {
                    File.Delete(part);
                }

                return new Undo(() => Task.CompletedTask);
            case "truncated":
                await using (var cut = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    cut.SetLength(Math.Min(cut.Length, 5_000));
                }

                File.Delete(file + "-wal");
                return new Undo(() => Task.CompletedTask);
            case "rubbish":
                await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("ce n'est pas une base\n", 3_000)), Cancel);
                File.Delete(file + "-wal");
                return new Undo(() => Task.CompletedTask);
            case "read-only":
                string[] parts = [.. new[] { file, file + "-wal" }.Where(File.Exists)];
                await Shell.RunAsync("chattr", ["+i", .. parts]);
                return new Undo(() => Shell.RunAsync("chattr", ["-i", .. parts]));
            case "locked":
                var other = Open(file);
                await ExecuteAsync(other, "BEGIN EXCLUSIVE");
                return new Undo(async () =>
                {
                    await ExecuteAsync(other, "ROLLBACK");
                    await other.DisposeAsync();
                });
            default:
                var day = how == "a day ahead" ? 86_400_000L : -86_400_000L;
                await using (var clock = Open(file))
                {
                    await ExecuteAsync(clock, $"UPDATE Hash SET Value = CAST(CAST(Value AS INTEGER) + {day} AS TEXT) WHERE Field IN ('NextExecution', 'LastExecution', 'CreatedAt') AND Value <> ''");
                    await ExecuteAsync(clock, $"UPDATE [Set] SET Score = Score + {day / 1000} WHERE Key = 'recurring-jobs'");
                    await ExecuteAsync(clock, $"UPDATE JobQueue SET FetchedAt = FetchedAt + {day * TimeSpan.TicksPerMillisecond} WHERE FetchedAt > 0");
                    await ExecuteAsync(clock, $"UPDATE DistributedLock SET ExpireAt = ExpireAt + {day * TimeSpan.TicksPerMillisecond}");
                }

                return new Undo(() => Task.CompletedTask);
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>From then to the end of the first scan: one that joins an older run keeps its start.</summary>
    private static async Task<TimeSpan> FirstScanAsync(ProcessScene scene, DateTime since)
    {
        await scene.WaitUntilAsync(db => db.ScanRuns.AnyAsync(run => run.FinishedAt > since), "a scan", TimeSpan.FromMinutes(1));
        await using var db = scene.Database.CreateDbContext();
        return (await db.ScanRuns.Where(run => run.FinishedAt > since).MinAsync(run => run.FinishedAt, Cancel))!.Value - since;
    }

    /// <summary>As fast as the file can be asked: a lock is held for milliseconds.</summary>
    private static async Task UntilAsync(ProcessScene scene, string query)
    {
        var started = Stopwatch.GetTimestamp();
        while (await CountAsync(scene, query) == 0)
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30), query);
        }
    }

    private static async Task<long> CountAsync(ProcessScene scene, string query)
    {
        await using var connection = Open(JobsFile(scene));
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>The process that holds the newest claim.</summary>
    private static async Task<AppProcess> LeaderAsync(ProcessScene scene)
    {
        await using var db = scene.Database.CreateDbContext();
        var holder = await db.WebhookEndpoints.OrderByDescending(row => row.DispatcherUntil).Select(row => row.DispatcherId!).FirstAsync(Cancel);
        return scene.Processes.Single(process => !process.HasExited && holder.Contains($"/{process.Id}/", StringComparison.Ordinal));
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Undo(Func<Task> mend) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await mend();
    }
}
