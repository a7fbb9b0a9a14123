using System.Diagnostics;
using MaintenanceApp.Data;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Benchmarks;

/// <summary>Not part of the suite (explicit): scans while 200,000 old rows are purged, beside scans alone.</summary>
public sealed class RetentionBenchmark(ITestOutputHelper output)
{
    private const int Notifications = 100_000;
    private const int ScansAlone = 300;
    private const int DueTickets = 200;

    [Theory(Explicit = true)]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_scan_does_not_wait_for_the_purge(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, null, new Dictionary<string, string?> { ["Webhook:Url"] = "https://recepteur.invalid/x" });
        foreach (var ticket in await host.Given.OverdueTickets(DueTickets))
        {
            await host.Given.Notification(ticket);
        }

        await FillAsync(database);
        await ScansAsync(host, () => false, 20);
        var alone = await ScansAsync(host, () => false, ScansAlone);
        var started = Stopwatch.GetTimestamp();
        var purge = Task.Run(() => host.Service<PurgeHistory>().ExecuteAsync(CancellationToken.None));
        var beside = await ScansAsync(host, () => !purge.IsCompleted, int.MaxValue);
        var done = await purge;
        var took = Stopwatch.GetElapsedTime(started);

        output.WriteLine(FormattableString.Invariant(
            $"{provider}: {done} in {took.TotalSeconds:0.0} s; scan alone p50 {At(alone, 0.5):0.0}, p95 {At(alone, 0.95):0.0}, max {alone[^1]:0.0} ms ({alone.Count} scans); beside the purge p50 {At(beside, 0.5):0.0}, p95 {At(beside, 0.95):0.0}, max {beside[^1]:0.0} ms ({beside.Count} scans); ratio p50 {At(beside, 0.5) / At(alone, 0.5):0.00}, p95 {At(beside, 0.95) / At(alone, 0.95):0.00}"));
        done.ShouldBe(new Purged(Notifications, Notifications));
        At(beside, 0.95).ShouldBeLessThan(At(alone, 0.95) + 250, "a scan waits for one small transaction at most");
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static async Task<List<double>> ScansAsync(AppHost host, Func<bool> isWanted, int count)
    {
        var (runs, scan) = (host.Service<ScanRuns>(), host.Service<OverdueScan>());
        var times = new List<double>();
        do
        {
            var id = await runs.BeginAsync(ScanTrigger.Manual, CancellationToken.None);
            var started = Stopwatch.GetTimestamp();
            await scan.RunAsync(id, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(20);
        }
        while (isWanted() || (count != int.MaxValue && times.Count < count));
        times.Sort();
        return times;
    }

    /// <summary>Half of the notifications, one attempt each, are older than the rows are kept, half older than the bodies.</summary>
    private static async Task FillAsync(TestDatabase database)
    {
        var numbers = database.Provider == DatabaseProvider.Sqlite
            ? $"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Notifications}) SELECT i FROM n)"
            : $"(SELECT generate_series(1, {Notifications}) AS i)";
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        string Instant(int days) => $"'{now.AddDays(-days):yyyy-MM-dd HH:mm:ss}'";
        var cast = database.Provider == DatabaseProvider.PostgreSql ? "::timestamptz" : "";
        var at = $"CASE WHEN i % 2 = 0 THEN {Instant(400)}{cast} ELSE {Instant(100)}{cast} END";
        var body = new string('x', 700);
        await database.ExecuteAsync(
            $"INSERT INTO webhook_notifications (id, ticket_id, notification_type, webhook_url, sent_at, created_at, response_status, response_body, status, attempt_count, possible_duplicate) SELECT 100000 + i, (SELECT MIN(id) FROM tickets) + i % {DueTickets}, 'overdue_scheduled', 'https://recepteur.invalid/x', {at}, {at}, 200, '{body}', 'delivered', 1, {(database.Provider == DatabaseProvider.PostgreSql ? "false" : "0")} FROM {numbers} AS numbers");
        await database.ExecuteAsync(
            $"INSERT INTO webhook_attempts (notification_id, number, started_at, duration_ms, outcome, response_status, request_headers, request_body, response_headers, response_body) SELECT 100000 + i, 1, {at}, 12, 'accepted', 200, 'a: 1', '{body}', 'b: 2', '{body}' FROM {numbers} AS numbers");
    }
}
