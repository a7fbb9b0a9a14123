using System.Text.Json.Nodes;
using MaintenanceApp.Tests.LegacyImport;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Overdue;

/// <summary>The main job on real input: the old system's database, imported, then scanned from the command line.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_posts_its_three_tickets_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var settings = new Dictionary<string, string?> { ["Webhook:Url"] = receiver.Url, ["Webhook:AllowPrivateNetworks"] = "true" };

        await LegacyFile.ImportInto(database, TimeProvider.System).ExecuteAsync(LegacyFile.Sample, isDryRun: false, TestContext.Current.CancellationToken);

        // The dates of the sample are from November 2026; this one would fall due while the test grows old.
        await database.ExecuteAsync("UPDATE tickets SET scheduled_date = NULL WHERE ticket_id LIKE '%20261115-220'");
        var dry = await RunAsync(database, settings, "scan", "--dry-run");
        receiver.Arrivals.ShouldBeEmpty();
        var first = await RunAsync(database, settings, "scan");
        var second = await RunAsync(database, settings, "scan");

        ((int?)dry["would_send"]).ShouldBe(3);
        ((int?)first["notifications_sent"]).ShouldBe(3);
        ((int?)second["notifications_sent"]).ShouldBe(0);
        receiver.Arrivals.Select(post => post.TicketId[^12..]).Order().ShouldBe(["20261109-768", "20261110-101", "20261118-077"]);
        ((string?)receiver.Arrivals.Single(post => post.TicketId.EndsWith("768", StringComparison.Ordinal)).Json["assigned_to"]).ShouldBe("Équipe complète");
        ((string?)receiver.Arrivals.Single(post => post.TicketId.EndsWith("077", StringComparison.Ordinal)).Json["title"]).ShouldBe("Broche chaude \"65 °C\" 🔥");
    }

    private static async Task<JsonObject> RunAsync(TestDatabase database, Dictionary<string, string?> settings, params string[] arguments)
    {
        await using var process = AppProcess.Start(database, arguments, settings);
        (await process.WaitForExitAsync()).ShouldBe(0, process.Output);
        var start = process.Output.IndexOf('{', StringComparison.Ordinal);
        return start < 0 ? [] : JsonNode.Parse(process.Output[start..(process.Output.LastIndexOf('}') + 1)])!.AsObject();
    }
}
