using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Overdue;

public sealed class HeartbeatPingTests
{
    [Fact]
    public async Task A_good_scan_calls_the_url_and_a_failed_one_its_fail()
    {
        await using var watcher = await WebhookReceiver.StartAsync();
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:HeartbeatUrl", watcher.Url));
        await scene.ScanAsync();
        (await watcher.WaitForAsync(1))[0].ShouldSatisfyAllConditions(
            call => call.Method.ShouldBe("GET"),
            call => call.Path.ShouldBe("/crochet/secret-du-chemin"));

        await scene.Database.ExecuteAsync("ALTER TABLE tickets RENAME TO tickets_hidden");
        await Should.ThrowAsync<Exception>(() => scene.ScanAsync());

        (await watcher.WaitForAsync(2))[1].Path.ShouldBe("/crochet/secret-du-chemin/fail");
        scene.Host.Logs.ShouldNotContain(line => line.Contains("secret-du-chemin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watcher_that_hangs_or_refuses_holds_nothing_up()
    {
        await using var watcher = await WebhookReceiver.StartAsync();
        watcher.Answer(new Reply(404), Reply.Hang);
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:HeartbeatUrl", watcher.Url));
        await scene.ScanAsync();
        await watcher.WaitForAsync(1);
        await scene.ScanAsync();
        await watcher.WaitForAsync(2);
        await scene.ScanAsync();

        scene.Host.Logs.ShouldContain(line => line.Contains("answered 404", StringComparison.Ordinal));
        scene.Host.Logs.ShouldNotContain(line => line.Contains("secret-du-chemin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_inside_is_refused_as_for_webhooks()
    {
        await using var watcher = await WebhookReceiver.StartAsync();
        var inside = watcher.Url.Replace("http://", "https://", StringComparison.Ordinal);
        await using var scene = await NotifierScene.CreateAsync(settings:
            [("Notifier:HeartbeatUrl", inside), ("Webhook:Url", "https://recepteur.invalid/x"), ("Webhook:AllowPrivateNetworks", "false")]);
        await scene.ScanAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!scene.Host.Logs.Any(line => line.Contains("its address is not public", StringComparison.Ordinal)))
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }

        watcher.Arrivals.ShouldBeEmpty();
        scene.Host.Logs.ShouldNotContain(line => line.Contains("secret-du-chemin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ftp://temoin.invalid/a")]
    [InlineData("temoin")]
    [InlineData("https://moi:secret@temoin.invalid/a")]
    [InlineData("http://temoin.invalid/a")]
    public async Task A_bad_url_stops_the_start_with_its_key(string url)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Notifier:HeartbeatUrl"] = url });
        Should.Throw<OptionsValidationException>(() => host.Services).Message.ShouldContain("Notifier:HeartbeatUrl");
    }

    [Theory]
    [InlineData("https://temoin.invalid/ping/abc", "https://temoin.invalid/ping/abc/fail")]
    [InlineData("https://temoin.invalid/ping/abc/", "https://temoin.invalid/ping/abc/fail")]
    [InlineData("https://temoin.invalid/ping?k=1", "https://temoin.invalid/ping/fail?k=1")]
    public void Fail_belongs_to_the_path(string url, string expected) => HeartbeatPing.AddressOf(url, isGood: false).ToString().ShouldBe(expected);
}
