using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Benchmarks;

/// <summary>Not part of the suite (explicit): what the way over Hangfire costs. scripts/bench runs it and prints its figures.</summary>
public sealed class JobsBenchmark(ITestOutputHelper output)
{
    private const int Calls = 60;
    private const string Secret = "un-secret-de-mesure-assez-long";

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task An_empty_cron_call_the_first_scan_and_doing_nothing(DatabaseProvider provider)
    {
        Assert.SkipWhen(provider == DatabaseProvider.PostgreSql && PostgreSqlServer.SkipReason is not null, PostgreSqlServer.SkipReason ?? "");
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var process = await AppProcess.ServeAsync(database, new Dictionary<string, string?>
        {
            ["Webhook:Url"] = "http://127.0.0.1:9/",
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Cron:Secrets:0"] = Secret,
            ["Cron:PermitsPerMinute"] = "100000",
        });
        var listening = TimeProvider.System.GetUtcNow().UtcDateTime;
        using var client = new HttpClient { BaseAddress = process.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        var times = new List<double>();
        var first = TimeSpan.Zero;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (first == TimeSpan.Zero && await tick.WaitForNextTickAsync(Cancel))
        {
            await using var db = database.CreateDbContext();
            first = await db.ScanRuns.MinAsync(run => run.StartedAt, Cancel) is { } at ? at - listening : TimeSpan.Zero;
        }

        for (var call = 0; call < Calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(new Uri("/api/cron/check-overdue", UriKind.Relative), null, Cancel);
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        var (cpu, written) = (process.ProcessorTime, process.BytesWritten);
        await Task.Delay(Idle, Cancel);
        var (load, bytes) = ((process.ProcessorTime - cpu) / Idle * 100, (process.BytesWritten - written) / Idle.TotalMinutes / 1024);
        var median = times[Calls / 2];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{provider}: first scan {first.TotalSeconds:0.0} s after listening (limit 5); empty cron call median {median:0} ms, p95 {times[Calls * 95 / 100]:0} ms (limit 1,000 at the median); idle {load:0.00} % of a core (limit 3), {bytes:0} KiB written a minute"));
        first.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        median.ShouldBeLessThan(1_000);
        load.ShouldBeLessThan(3);
    }
}
