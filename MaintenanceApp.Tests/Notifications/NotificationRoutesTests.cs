using System.Net;
using System.Text.Json.Nodes;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>History, list, resend and statistics over HTTP.</summary>
public sealed class NotificationRoutesTests
{
    [Theory]
    [InlineData("IGP-POLISSEUSE-DOUBLE EDGER-20251109-768")]
    [InlineData("IGP-FOUR À RECUIRE/ÉTÉ-1")]
    public async Task The_history_of_a_ticket_has_the_shape_of_the_old_system(string number)
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = new AppHost(database, clock);
        var ticket = await host.Given.OverdueTicket(ticketId: number);
        await host.Given.Notification(ticket, createdAt: clock.Now.AddDays(-1));
        var newest = await host.Given.Notification(ticket, responseBody: "OK", url: "https://recepteur.invalid/secret");
        using var client = await host.CreateClientAs(Roles.Viewer);

        var answer = await JsonAsync(client, $"/api/webhooks/notification-history/{Uri.EscapeDataString(number)}");

        ((string?)answer["ticket_id"]).ShouldBe(number);
        answer["notifications"]!.AsArray().Count.ShouldBe(2);
        var first = answer["notifications"]![0]!;
        ((int?)first["id"], (string?)first["notification_type"], (string?)first["sent_at"], (int?)first["response_status"], (string?)first["response_body"])
            .ShouldBe((newest.Id, "overdue_scheduled", "2025-11-12T09:26:14.510Z", 200, "OK"));
        answer.ToJsonString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task An_unknown_ticket_or_notification_is_not_found()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Admin);

        await ErrorAsync(client, HttpMethod.Get, "/api/webhooks/notification-history/RIEN", HttpStatusCode.NotFound);
        await ErrorAsync(client, HttpMethod.Get, "/api/webhooks/notifications/1", HttpStatusCode.NotFound);
        await ErrorAsync(client, HttpMethod.Post, "/api/webhooks/notifications/1/resend", HttpStatusCode.NotFound);
        await ErrorAsync(client, HttpMethod.Post, "/api/webhooks/notifications/un/resend", HttpStatusCode.BadRequest);
        await ErrorAsync(client, HttpMethod.Post, "/api/webhooks/notifications/99999999999/resend", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("status=inconnu")]
    [InlineData("from=demain")]
    [InlineData("to=2026-02-30")]
    [InlineData("from=2026-02-03T10:00:00")]
    [InlineData("from=2026-02-03&to=2026-02-01")]
    [InlineData("page=0")]
    [InlineData("page=-1")]
    [InlineData("page=deux")]
    [InlineData("page_size=501")]
    public async Task A_bad_filter_is_refused_in_words(string query)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Viewer);

        await ErrorAsync(client, HttpMethod.Get, "/api/webhooks/notifications?" + query, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_list_is_paged_and_a_day_is_a_day_of_the_plant()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = new AppHost(database, clock);
        var ticket = await host.Given.OverdueTicket();

        // 04:30 and 05:30 UTC: before and after midnight in Toronto.
        var before = await host.Given.Notification(ticket, createdAt: clock.Now.Date.AddHours(4.5), responseBody: "OK");
        var after = await host.Given.Notification(ticket, createdAt: clock.Now.Date.AddHours(5.5));
        using var client = await host.CreateClientAs(Roles.Viewer);

        async Task<int[]> Ids(string query) =>
            [.. (await JsonAsync(client, "/api/webhooks/notifications?" + query))["notifications"]!.AsArray().Select(row => (int)row!["id"]!)];

        (await Ids("from=2025-11-12")).ShouldBe([after.Id]);
        (await Ids("to=2025-11-11")).ShouldBe([before.Id]);
        (await Ids("from=2025-11-12T00:30:00-05:00")).ShouldBe([after.Id]);
        (await Ids("page=2&page_size=1")).ShouldBe([before.Id]);
        (await Ids("ticket=%20&status=&page=")).Length.ShouldBe(2);
        var all = await JsonAsync(client, "/api/webhooks/notifications?status=delivered&ticket=essai");
        ((int?)all["total"], (int?)all["page"], (int?)all["page_size"]).ShouldBe((2, 1, 50));
        all.ToJsonString().ShouldNotContain("\"OK\"", Case.Sensitive, "bodies are for administrators");
    }

    [Fact]
    public async Task A_resend_is_accepted_for_administrators_only()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Webhook:Url"] = "https://recepteur.invalid/" });
        var dead = await host.Given.Notification(await host.Given.OverdueTicket(), NotificationStatus.Dead);
        using var supervisor = await host.CreateClientAs(Roles.Supervisor);
        using var admin = await host.CreateClientAs(Roles.Admin);
        var address = $"/api/webhooks/notifications/{dead.Id}/resend";

        (await supervisor.PostAsync(address, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var response = await admin.PostAsync(address, null);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var resend = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["notification"]!;
        ((int?)resend["resent_from"], (string?)resend["trigger"]).ShouldBe((dead.Id, "resend"));
        ((int?)resend["requested_by"]).ShouldNotBeNull();
    }

    [Fact]
    public async Task Statistics_are_null_and_not_perfect_without_data()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Viewer);

        (await JsonAsync(client, "/api/webhooks/stats")).ToJsonString().ShouldBe(
            """{"last_24h":{"total":0,"delivered":0,"failed":0,"success_rate":null,"median_ms":null,"p95_ms":null},"last_7d":{"total":0,"delivered":0,"failed":0,"success_rate":null,"median_ms":null,"p95_ms":null}}""");
    }

    private static async Task<JsonNode> JsonAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task ErrorAsync(HttpClient client, HttpMethod method, string address, HttpStatusCode status)
    {
        using var response = await client.SendAsync(new HttpRequestMessage(method, address));
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, address + " " + text);
        ((string?)JsonNode.Parse(text)!["error"]).ShouldNotBeNullOrWhiteSpace();
    }
}
