using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Overdue;

public sealed class CronRoutesTests
{
    private const string Secret = "un-secret-de-seize-caracteres";
    private const string NextSecret = "le-secret-suivant-aussi-long";

    [Theory, BothDatabases]
    public async Task Fifty_calls_at_once_over_a_hundred_tickets_give_exactly_a_hundred_posts(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(
            provider, withJobs: true, ("Cron:Secrets:0", Secret), ("Cron:PermitsPerMinute", "1000"));
        await scene.Given.OverdueTickets(100);
        using var client = Caller(scene, Secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.PostAsync("/api/cron/check-overdue", null)));

        // 202 is the answer of a run that takes longer than Cron:ResponseWait, on a machine busy with other tests.
        answers.Select(answer => answer.StatusCode).ShouldBeSubsetOf([HttpStatusCode.OK, HttpStatusCode.Accepted]);
        var posts = await scene.Receiver.WaitForAsync(100, TimeSpan.FromSeconds(60));
        await scene.ScanAsync();
        scene.Receiver.Arrivals.Count.ShouldBe(100, "a later scan finds nothing to send");
        posts.Select(post => post.TicketId).Distinct().Count().ShouldBe(100);
        posts.Select(post => post.WebhookId).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public async Task The_answer_is_the_summary_of_the_old_system()
    {
        await using var scene = await NotifierScene.CreateAsync(withJobs: true, settings: ("Cron:Secrets:0", Secret));
        var ticket = await scene.Given.OverdueTicket(title: "Pompe \"haute pression\"");
        using var client = Caller(scene, Secret);

        var answer = (await (await client.PostAsync("/api/cron/check-overdue", null)).Content.ReadFromJsonAsync<JsonObject>())!;

        answer.Select(pair => pair.Key).ShouldBe(["message", "total_overdue", "notifications_sent", "notifications", "checked_at", "run_id"]);
        answer["notifications"]!.AsArray()[0]!.AsObject().Select(pair => pair.Key).ShouldBe(["ticket_id", "title", "overdue_text", "webhook_status", "sent_at"]);
        ((string?)answer["notifications"]![0]!["ticket_id"]).ShouldBe(ticket.TicketId);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Bearer faux", 401)]
    [InlineData("Basic " + Secret, 401)]
    [InlineData("Bearer " + Secret + "x", 401)]
    [InlineData("Bearer " + Secret, 200)]
    [InlineData("bearer " + Secret, 200)]
    [InlineData("Bearer " + NextSecret, 200)]
    public async Task Only_an_active_secret_opens_the_route(string? header, int expected)
    {
        await using var scene = await NotifierScene.CreateAsync(
            withJobs: true, settings: [("Cron:Secrets:0", Secret), ("Cron:Secrets:1", NextSecret)]);
        using var client = scene.Host.CreateAnonymousClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        var answer = await client.PostAsync("/api/cron/check-overdue", null);

        ((int)answer.StatusCode).ShouldBe(expected);
        if (expected == 401)
        {
            ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]).ShouldBe("Unauthorized - Invalid CRON token");
        }
    }

    [Fact]
    public async Task Without_a_secret_the_route_is_closed()
    {
        await using var scene = await NotifierScene.CreateAsync();
        using var client = Caller(scene, "");

        (await client.PostAsync("/api/cron/check-overdue", null)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_seventh_call_in_a_minute_is_told_when_to_come_back()
    {
        await using var scene = await NotifierScene.CreateAsync(withJobs: true, settings: ("Cron:Secrets:0", Secret));
        using var client = Caller(scene, Secret);
        client.DefaultRequestHeaders.Add("Prefer", "respond-async");

        for (var call = 1; call <= 6; call++)
        {
            (await client.PostAsync("/api/cron/check-overdue", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        var answer = await client.PostAsync("/api/cron/check-overdue", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task A_caller_that_will_not_wait_gets_an_address_and_joins_the_run_under_way()
    {
        await using var scene = await NotifierScene.CreateAsync(withJobs: true, settings: ("Cron:Secrets:0", Secret));
        await scene.Given.OverdueTicket();
        scene.Receiver.Default = new Reply(Delay: TimeSpan.FromSeconds(2));
        using var client = Caller(scene, Secret);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Prefer", "respond-async");

        var first = await client.PostAsync("/api/cron/check-overdue", null);
        await scene.Receiver.WaitForAsync(1);
        var second = await client.PostAsync("/api/cron/check-overdue", null);

        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var run = (await first.Content.ReadFromJsonAsync<JsonObject>())!;
        ((string?)(await second.Content.ReadFromJsonAsync<JsonObject>())!["run_id"]).ShouldBe((string?)run["run_id"]);
        var state = await client.GetFromJsonAsync<JsonObject>((string?)run["status_url"]);
        ((string?)state!["run_id"]).ShouldBe((string?)run["run_id"]);
        (await client.GetAsync("/api/cron/runs/inconnu")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_dry_run_shows_the_payloads_and_changes_nothing()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var ticket = await scene.Given.OverdueTicket();
        using var planner = await scene.Host.CreateClientAs(Roles.Planner);

        var answer = await (await planner.PostAsync("/api/webhooks/check-overdue-tickets?dry_run=true", null)).Content.ReadFromJsonAsync<JsonObject>();

        ((int?)answer!["would_send"]).ShouldBe(1);
        ((string?)answer["payloads"]![0]!["ticket_id"]).ShouldBe(ticket.TicketId);
        answer["payloads"]![0]!.AsObject().Count.ShouldBe(15);
        scene.Receiver.Arrivals.ShouldBeEmpty();
        (await scene.NotificationsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Roles.Admin, 200)]
    [InlineData(Roles.Supervisor, 200)]
    [InlineData(Roles.Planner, 200)]
    [InlineData(Roles.Technician, 403)]
    [InlineData(Roles.Viewer, 403)]
    public async Task Scans_are_for_those_who_plan(string role, int expected)
    {
        await using var scene = await NotifierScene.CreateAsync(withJobs: true);
        using var client = await scene.Host.CreateClientAs(role);

        ((int)(await client.PostAsync("/api/webhooks/check-overdue-tickets", null)).StatusCode).ShouldBe(expected);
    }

    [Fact]
    public async Task The_explanation_names_the_gate_that_stands_in_the_way()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var ticket = await scene.Given.OverdueTicket();
        using var viewer = await scene.Host.CreateClientAs(Roles.Viewer);

        var before = await ExplainAsync(viewer, ticket.TicketId);
        await scene.ScanAsync();
        var after = await ExplainAsync(viewer, ticket.TicketId);

        ((bool?)before["notifies"]).ShouldBe(true);
        ((bool?)after["notifies"]).ShouldBe(false);
        after["gates"]!.AsArray().Where(gate => !(bool)gate!["passed"]!).ShouldHaveSingleItem()!["gate"]!.ToString().ShouldBe("not_sent_recently");
        ((DateTime)after["next_eligible_at"]!).ToUniversalTime().ShouldBe(scene.Clock.Now.AddDays(1));
        (await viewer.GetAsync("/api/webhooks/explain/inconnu")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<JsonObject> ExplainAsync(HttpClient client, string ticketId) =>
        (await client.GetFromJsonAsync<JsonObject>($"/api/webhooks/explain/{Uri.EscapeDataString(ticketId)}"))!;

    private static HttpClient Caller(NotifierScene scene, string secret)
    {
        var client = scene.Host.CreateAnonymousClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }
}
