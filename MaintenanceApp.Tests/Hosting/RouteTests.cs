using System.Net;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Hosting;

/// <summary>Addresses and methods at their edges.</summary>
public sealed class RouteTests
{
    /// <summary>Of an imported ticket: whatever the old system allowed.</summary>
    private const string Number = "IGP/FOUR n° 12+1 #3 50%?é";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_with_a_slash_is_reached_by_every_route_and_page()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var ticket = await host.Given.OverdueTicket(ticketId: Number);
        using var client = await host.CreateClientAs(Roles.Admin);
        var id = Uri.EscapeDataString(Number);

        foreach (var path in new[]
        {
            $"/api/tickets/{id}", $"/api/comments/{id}", $"/api/tickets/{id}/files", $"/api/webhooks/notification-history/{id}", $"/api/webhooks/explain/{id}",
            $"/tickets/{id}", $"/tickets/{id}/print", $"/tickets?open={id}",
        })
        {
            using var answer = await client.GetAsync(path, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("introuvable", Case.Insensitive, path);
        }

        (await client.Patch($"/api/tickets/{id}", new { priority = "critical" })).Status.ShouldBe(200);
        (await client.Post("/api/comments", new { ticket_id = Number, comment = "Vu" })).Status.ShouldBe(201);
        (await client.Delete($"/api/tickets/{id}")).Status.ShouldBe(200);
        (await client.Post($"/api/tickets/{id}/restore", null)).Status.ShouldBe(200);
        (await client.Get("/api/tickets/IGP%2Finconnu")).Status.ShouldBe(404);
        ticket.TicketId.ShouldBe(Number);
    }

    [Theory]
    [InlineData("GET", "/api/cron/check-overdue", "POST")]
    [InlineData("DELETE", "/api/cron/check-overdue", "POST")]
    [InlineData("PUT", "/api/tickets", "GET, POST")]
    [InlineData("GET", "/api/auth/login", "POST")]
    public async Task A_wrong_method_answers_405_and_names_the_right_ones(string method, string path, string allowed)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Admin);
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        string.Join(", ", answer.Content.Headers.Allow.Order()).ShouldBe(allowed);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Méthode non permise");
    }

    [Fact]
    public async Task A_visitor_who_asks_the_cron_route_with_GET_hears_the_same()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = host.CreateAnonymousClient();
        using var answer = await client.GetAsync("/api/cron/check-overdue", Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task A_file_sent_as_something_else_is_told_the_type_that_is_wanted()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var ticket = await host.Given.Ticket();
        using var client = await host.CreateClientAs(Roles.Admin);
        var answer = await client.Post($"/api/tickets/{ticket.Id}/files", new { file = "photo.jpg" });
        answer.Status.ShouldBe(415);
        answer.Error.ShouldNotBeNull().ShouldContain("application/octet-stream");
    }
}
