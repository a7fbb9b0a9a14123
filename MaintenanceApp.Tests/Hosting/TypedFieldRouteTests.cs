using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Hosting;

/// <summary>The same cleaning whichever way a text comes in.</summary>
public sealed class TypedFieldRouteTests
{
    private const string Hidden = "\u200B\u2060";

    [Fact]
    public async Task A_ticket_keeps_no_line_break_in_its_title_and_no_title_of_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var machine = await host.Given.Machine();
        using var client = await host.CreateClientAs(Roles.Supervisor);
        object Ticket(string title, string description = "Fuite\r\nau joint") => new { title, description, machine_id = machine.Id, priority = "low", reporter_name = "Luc\r\nRoy" };

        (await client.Post("/api/tickets", Ticket(Hidden))).Status.ShouldBe(400);
        (await client.Post("/api/tickets", Ticket("Valve", Hidden + "\n\n\n\n\n\n"))).Status.ShouldBe(400);
        (await client.Post("/api/tickets", Ticket("Valve\r\nBcc: x@y.example"))).Status.ShouldBe(201);
        await using var db = database.CreateDbContext();
        var ticket = await db.Tickets.SingleAsync(TestContext.Current.CancellationToken);
        (ticket.Title, ticket.Description, ticket.ReporterName).ShouldBe(("Valve Bcc: x@y.example", "Fuite\nau joint", "Luc Roy"));

        (await client.Patch($"/api/tickets/{ticket.Id}", new { title = "\u202Eénilré\u202C" })).Status.ShouldBe(200);
        (await client.Patch($"/api/tickets/{ticket.Id}", new { title = Hidden })).Status.ShouldBe(400);
        (await client.Post("/api/comments", new { ticket_id = ticket.TicketId, comment = Hidden })).Status.ShouldBe(400);
        (await database.ScalarAsync("SELECT title FROM tickets")).ShouldBe("énilré");
    }

    [Theory, BothDatabases]
    public async Task A_serial_number_is_one_whatever_its_case(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Admin);
        (await client.Post("/api/machines", new { machine_type = "Four", model = "Un", serial_number = "A1" })).Status.ShouldBe(201);
        (await client.Post("/api/machines", new { machine_type = "Four", model = "Deux", serial_number = "a1" + Hidden })).Status.ShouldBe(409);
        var other = await client.Post("/api/machines", new { machine_type = "Four", model = "Deux", serial_number = "B2" });
        var id = (int)other.Json["machine"]!["id"]!;
        (await client.Patch($"/api/machines/{id}", new { serial_number = " a1 " })).Status.ShouldBe(409);
        (await client.Patch($"/api/machines/{id}", new { serial_number = "b2", location = "Hall\n3" })).Status.ShouldBe(200, "its own number in other letters");
        (await database.ScalarAsync($"SELECT location FROM machines WHERE id = {id}")).ShouldBe("Hall 3");
    }

    [Fact]
    public async Task An_address_that_only_looks_different_is_taken_and_one_without_mail_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Admin);
        Task<JsonAnswer> AddAsync(string email) => client.Post("/api/users", new { email, password = "Un-mot-de-passe-long", full_name = "Marie\u202E Roy", role = Roles.Technician });
        (await AddAsync("marie@usine.example")).Status.ShouldBe(201);
        (await AddAsync("marie\u200B@usine.example")).Status.ShouldBe(409);
        (await AddAsync("marie@usine")).Status.ShouldBe(400);
        (await AddAsync("o'brien+moulin@usine.example")).Status.ShouldBe(201);
        (await database.ScalarAsync("SELECT count(*) FROM users WHERE full_name = 'Marie Roy'")).ShouldBe(2L);
    }
}
