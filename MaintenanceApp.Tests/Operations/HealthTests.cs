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
        var id = await host.Service<ScanRuns>().BeginAsync(ScanTrigger.Schedule, CancellationToken.None);
        await host.Service<OverdueScan>().RunAsync(id, CancellationToken.None);

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
