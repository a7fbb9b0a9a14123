using System.Net;
using System.Text.Json.Nodes;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Operations;

/// <summary>What a probe is told, without signing in.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData(0, 200, "healthy")]
    [InlineData(9, 200, "healthy")]
    [InlineData(11, 200, "degraded")]
    [InlineData(16, 503, "unhealthy")]
    public async Task Silence_of_the_scan_counts_from_the_start_of_the_process(int minutes, int status, string word)
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock);
        _ = host.Services;
        clock.Advance(TimeSpan.FromMinutes(minutes));

        await ReadyAsync(host, status, "scan", word);
    }

    [Fact]
    public async Task A_finished_scan_ends_the_silence()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock);
        _ = host.Services;
        clock.Advance(TimeSpan.FromMinutes(20));
        await ScanAsync(host);

        await ReadyAsync(host, 200, "scan", "healthy");
    }

    [Fact]
    public async Task A_long_interval_is_no_silence()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock, ("Notifier:ScanInterval", "01:00:00"));
        _ = host.Services;
        clock.Advance(TimeSpan.FromMinutes(90));

        await ReadyAsync(host, 200, "scan", "healthy");
    }

    [Theory]
    [InlineData("00:00:01", 11, 200, "degraded")]
    [InlineData("00:00:01", 16, 503, "unhealthy")]
    [InlineData("00:30:00", 61, 200, "degraded")]
    [InlineData("00:30:00", 91, 503, "unhealthy")]
    public async Task Ten_and_fifteen_minutes_or_two_and_three_longer_intervals(string interval, int minutes, int status, string word)
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock, ("Notifier:ScanInterval", interval));
        _ = host.Services;
        clock.Advance(TimeSpan.FromMinutes(minutes));

        await ReadyAsync(host, status, "scan", word);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_clock_that_is_set_hides_no_silence_and_makes_none(int hours)
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock(ownsTime: true);
        await using var host = Host(database, clock);
        await ScanAsync(host);
        await ReadyAsync(host, 200, "scan", "healthy");

        clock.Jump(TimeSpan.FromHours(hours));
        await ScanAsync(host);
        await ReadyAsync(host, 200, "scan", "healthy");
        clock.Advance(TimeSpan.FromMinutes(11));
        await ReadyAsync(host, 200, "scan", "degraded");
        clock.Advance(TimeSpan.FromMinutes(5));
        await ReadyAsync(host, 503, "scan", "unhealthy");
        (await host.Service<HeartbeatQuery>().ReadAsync(CancellationToken.None)).IsStale.ShouldBeTrue();
        await ScanAsync(host);
        await ReadyAsync(host, 200, "scan", "healthy");
    }

    [Fact]
    public async Task Trouble_of_the_storage_degrades_and_passes()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock, ("Webhook:Url", ""));
        _ = host.Services;
        var system = host.Service<SystemQueries>();
        await database.ExecuteAsync("ALTER TABLE notifier_state RENAME TO hidden");
        var found = await system.DatabaseAsync(CancellationToken.None);
        (found.Level, found.TroubleSince).ShouldBe((HealthLevel.Attention, clock.Now), "it may pass by itself");
        clock.Advance(TimeSpan.FromMinutes(3));
        (await system.DatabaseAsync(CancellationToken.None)).Level.ShouldBe(HealthLevel.Problem);
        (await ReadyAsync(host, 503, "database", "unhealthy"))["checks"]!["database"]!["description"]!.ToString().ShouldContain("depuis 2025-11-12");
        await database.ExecuteAsync("ALTER TABLE hidden RENAME TO notifier_state");

        // The dispatcher looks once a second and takes back what it told.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await system.DatabaseAsync(limit.Token)).Level != HealthLevel.Good)
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }

        await ReadyAsync(host, 200, "database", "healthy");
    }

    [Fact]
    public async Task A_receiver_that_is_gone_degrades_and_its_address_is_not_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock);
        await ReadyAsync(host, 200, "endpoint", "healthy");
        await using (var db = database.CreateDbContext())
        {
            db.Add(new WebhookEndpoint { Url = "https://recepteur.invalid/secret", CreatedAt = clock.Now, DisabledAt = clock.Now });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }


        var answer = await ReadyAsync(host, 200, "endpoint", "degraded");

        ((string?)answer["status"]).ShouldBe("degraded");
        answer.ToJsonString().ShouldNotContain("recepteur");
        answer.ToJsonString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task The_process_answers_whatever_the_rest_does()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock);
        _ = host.Services;
        clock.Advance(TimeSpan.FromHours(5));
        using var client = host.CreateAnonymousClient();

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothDatabases]
    public async Task The_database_is_measured(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = Host(database, new FakeClock());

        var found = await host.Service<SystemQueries>().DatabaseAsync(CancellationToken.None);

        (found.Provider, found.PendingMigrations, found.Level).ShouldBe((provider, 0, HealthLevel.Good));
        found.Bytes.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    private static AppHost Host(TestDatabase database, FakeClock clock, params (string Key, string Value)[] settings) =>
        new(database, clock, new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
        {
            ["Webhook:Url"] = "https://recepteur.invalid/secret",
        });

    private static async Task ScanAsync(AppHost host)
    {
        var id = await host.Service<ScanRuns>().BeginAsync(ScanTrigger.Schedule, CancellationToken.None);
        await host.Service<OverdueScan>().RunAsync(id, CancellationToken.None);
    }

    private static async Task<JsonNode> ReadyAsync(AppHost host, int status, string check, string word)
    {
        using var client = host.CreateAnonymousClient();
        using var response = await client.GetAsync("/health/ready");
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        var answer = JsonNode.Parse(text)!;
        ((string?)answer["checks"]![check]!["status"]).ShouldBe(word, text);
        return answer;
    }
}
