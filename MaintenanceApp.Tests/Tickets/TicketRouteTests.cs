using System.Text.Json.Nodes;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Tickets;

public sealed class TicketRouteTests
{
    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task A_ticket_is_opened_read_changed_and_thrown_away(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Supervisor);
        var machine = await host.Given.Machine("Four à émail", "3200");

        var created = await client.Post("/api/tickets", new
        {
            title = "  Fuité d’huile 🛢 \"rouge\" ",
            description = "Sous le convoyeur.",
            reporter_name = "Jean",
            machine_id = machine.Id,
            priority = "high",
            assigned_to = 0,
            scheduled_date = "2025-11-12",
        });
        created.Status.ShouldBe(201, created.Json.ToJsonString());
        var ticket = created.Json["ticket"]!;
        ((string)ticket["ticket_id"]!).ShouldBe("IGP-FOURAEMAIL-20251112-001");
        created.Response.Headers.Location!.ToString().ShouldBe("/api/tickets/IGP-FOURAEMAIL-20251112-001");
        ((string)ticket["title"]!).ShouldBe("Fuité d’huile 🛢 \"rouge\"");
        ((string)ticket["scheduled_date"]!).ShouldBe("2025-11-13 04:59:59");
        ((string)ticket["assignee_name"]!).ShouldBe("Équipe complète");
        ((string)ticket["status"]!).ShouldBe("received");

        var patched = await client.Patch("/api/tickets/IGP-FOURAEMAIL-20251112-001", new { status = "in_progress", assigned_to = (int?)null, scheduled_date = (string?)null, version = 0 });
        patched.Status.ShouldBe(200, patched.Json.ToJsonString());
        ((string)patched.Json["ticket"]!["status"]!).ShouldBe("in_progress");
        patched.Json["ticket"]!["assigned_to"].ShouldBeNull();
        patched.Json["ticket"]!["scheduled_date"].ShouldBeNull();

        (await client.Patch($"/api/tickets/{ticket["id"]}", new { title = "Trop tard", version = 0 })).Status.ShouldBe(409);

        var detail = await client.Get($"/api/tickets/{ticket["id"]}");
        detail.Json["timeline"]!.AsArray().Select(entry => (string)entry!["action"]!)
            .ShouldBe(["created", "assigned", "scheduled", "assigned", "scheduled", "status_changed"]);

        (await client.Delete($"/api/tickets/{ticket["id"]}")).Status.ShouldBe(200);
        (await client.Get($"/api/tickets/{ticket["id"]}")).Status.ShouldBe(404);
        (await client.Patch($"/api/tickets/{ticket["id"]}", new { title = "Trop tard" })).Status.ShouldBe(409);
        ((int)(await client.Get("/api/tickets")).Json["total"]!).ShouldBe(0);

        await using (var db = database.CreateDbContext())
        {
            (await db.TicketTimeline.CountAsync()).ShouldBe(7);
        }

        (await client.Post($"/api/tickets/{ticket["id"]}/restore", null)).Status.ShouldBe(200);
        (await client.Get($"/api/tickets/{ticket["id"]}")).Status.ShouldBe(200);
    }

    [Theory, BothDatabases]
    public async Task Numbers_run_within_the_local_day_over_all_machines_even_at_once(DatabaseProvider provider)
    {
        clock.Now = new DateTime(2026, 11, 23, 4, 30, 0, DateTimeKind.Utc); // still the 22nd at the site
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Operator);
        var oven = await host.Given.Machine("Four", "A");
        var saw = await host.Given.Machine("Scie", "B");
        await host.Given.Ticket(ticketId: "IGP-CNC-MACHINE CNC-20261122-002", createdAt: clock.Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => client.Post(
            "/api/tickets", new { title = "Bruit", description = "Un bruit.", machine_id = index % 2 == 0 ? oven.Id : saw.Id })));

        answers.Select(answer => answer.Status).ShouldAllBe(status => status == 201);
        answers.Select(answer => ((string)answer.Json["ticket"]!["ticket_id"]!)[^12..]).Order()
            .ShouldBe(Enumerable.Range(1, 13).Where(number => number != 2).Select(number => $"20261122-{number:000}"));
    }

    [Theory, BothDatabases]
    public async Task Text_finds_words_in_any_case_with_or_without_accents(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Viewer);
        var person = await host.Given.User(name: "Éric Bouchard");
        var machine = await host.Given.Machine("Découpe", "Jumbo");
        await host.Given.Ticket(title: "Fuité d’ŒUVRE au 100% du_débit", ticketId: "IGP-A-20261122-007");
        await host.Given.Ticket(title: "Autre chose", description: "Une FUITE ailleurs", ticketId: "IGP-B-20261122-008");
        await host.Given.Ticket(title: "Courroie", assignedTo: person.Id, machine: machine, ticketId: "IGP-C-20261122-009");

        (await Find("fuite")).ShouldBe(["IGP-A-20261122-007", "IGP-B-20261122-008"]);
        (await Find("FUITÉ oeuvre")).ShouldBe(["IGP-A-20261122-007"]);
        (await Find("20261122-008")).ShouldBe(["IGP-B-20261122-008"]);
        (await Find("100%")).ShouldBe(["IGP-A-20261122-007"]);
        (await Find("du_d")).ShouldBe(["IGP-A-20261122-007"]);
        (await Find("0%d")).ShouldBeEmpty();
        (await Find("eric")).ShouldBe(["IGP-C-20261122-009"]);
        (await Find("decoupe courroie")).ShouldBe(["IGP-C-20261122-009"]);
        (await Find("d'oeuvre")).ShouldBe(["IGP-A-20261122-007"]);
        (await Find("'; DROP TABLE tickets; --")).ShouldBeEmpty();

        async Task<string[]> Find(string text) => await Ids(client, $"/api/tickets?sort=ticket_id&q={Uri.EscapeDataString(text)}");
    }

    [Theory, BothDatabases]
    public async Task Lists_are_filtered_sorted_and_paged(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        var user = await host.Given.User(Roles.Technician);
        using var client = await host.CreateClientAs(user);
        var machine = await host.Given.Machine();
        await host.Given.Ticket(ticketId: "A", assignedTo: 0, scheduled: clock.Now.AddDays(-2), priority: TicketPriority.Low, machine: machine, createdAt: clock.Now.AddHours(-4));
        await host.Given.Ticket(ticketId: "B", assignedTo: user.Id, scheduled: clock.Now.AddDays(2), priority: TicketPriority.Critical, createdAt: clock.Now.AddHours(-3));
        await host.Given.Ticket(ticketId: "C", status: TicketStatus.Completed, scheduled: clock.Now.AddDays(-1), priority: TicketPriority.High, createdAt: clock.Now.AddHours(-2));
        await host.Given.Ticket(ticketId: "D", status: TicketStatus.WaitingParts, createdAt: clock.Now.AddHours(-1));
        await host.Given.Ticket(ticketId: "E", inTrash: true);

        (await Ids(client, "/api/tickets")).ShouldBe(["D", "C", "B", "A"]);
        (await Ids(client, "/api/tickets?sort=priority")).ShouldBe(["A", "D", "C", "B"]);
        (await Ids(client, "/api/tickets?sort=-priority,created_at")).ShouldBe(["B", "C", "D", "A"]);
        (await Ids(client, "/api/tickets?sort=scheduled_date")).ShouldBe(["A", "C", "B", "D"]);
        (await Ids(client, "/api/tickets?sort=-scheduled_date")).ShouldBe(["B", "C", "A", "D"]);
        (await Ids(client, "/api/tickets?sort=status")).ShouldBe(["A", "B", "D", "C"]);
        (await Ids(client, "/api/tickets?sort=machine,title,updated_at,-completed_at,assigned_to,id")).Length.ShouldBe(4);
        (await Ids(client, "/api/tickets?overdue=true")).ShouldBe(["A"]);
        (await Ids(client, "/api/tickets?overdue=false")).ShouldBe(["D", "C", "B"]);
        (await Ids(client, "/api/tickets?assigned_to=0")).ShouldBe(["A"]);
        (await Ids(client, "/api/tickets?assigned_to=mine")).ShouldBe(["B"]);
        (await Ids(client, "/api/tickets?assigned_to=none")).ShouldBe(["D", "C"]);
        (await Ids(client, "/api/tickets?assigned_to=99999")).ShouldBeEmpty();
        (await Ids(client, "/api/tickets?status=received,waiting_parts")).ShouldBe(["D", "B", "A"]);
        (await Ids(client, "/api/tickets?status=received&status=completed&priority=high")).ShouldBe(["C"]);
        (await Ids(client, $"/api/tickets?machine={machine.Id}")).ShouldBe(["A"]);

        var page = await client.Get("/api/tickets?page=2&page_size=3");
        page.Json["tickets"]!.AsArray().Count.ShouldBe(1);
        ((int)page.Json["total"]!, (int)page.Json["page"]!, (int)page.Json["page_size"]!).ShouldBe((4, 2, 3));
        (await Ids(client, "/api/tickets?page=2147483647&page_size=500")).ShouldBeEmpty();

        var counts = await host.Service<TicketQueries>().CountsAsync(user.Id, CancellationToken.None);
        counts.ShouldBe(new TicketCounts(AllOpen: 3, Overdue: 1, DueToday: 0, Unassigned: 1, Mine: 1, WaitingParts: 1, Critical: 1, CompletedRecently: 1, Every: 4));
        foreach (var view in Enum.GetValues<TicketView>())
        {
            var list = await host.Service<TicketQueries>().ListAsync(new TicketFilter { View = view }, user.Id, CancellationToken.None);
            list.Total.ShouldBe(counts.Of(view), view.ToString());
        }
    }

    [Theory, BothDatabases]
    public async Task Tickets_written_without_search_text_get_it_at_start(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await new Given(database, clock).Ticket(title: "Fuité");
        await database.ExecuteAsync("UPDATE tickets SET search_text = ''");

        (await new SearchTextBackfill(database, Microsoft.Extensions.Logging.Abstractions.NullLogger<SearchTextBackfill>.Instance).RunAsync(CancellationToken.None)).ShouldBe(1);
        ((string)(await database.ScalarAsync("SELECT search_text FROM tickets"))!).ShouldContain("fuite");
    }

    [Theory, BothDatabases]
    public async Task Two_people_who_save_the_same_version_do_not_overwrite_each_other(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Planner);
        var ticket = await host.Given.Ticket();
        var version = ticket.Version;

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(number =>
            client.Patch($"/api/tickets/{ticket.Id}", new { title = $"Titre numéro {number}", version })));

        answers.Select(answer => answer.Status).Order().ShouldBe([200, 409, 409, 409, 409, 409]);
        answers.First(answer => answer.Status == 409).Error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Comments_carry_the_name_of_whoever_is_signed_in()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Storekeeper);
        var ticket = await host.Given.Ticket();

        var added = await client.Post("/api/comments", new { ticket_id = ticket.Id, comment = " Pièce arrivée ", user_name = "Quelqu’un d’autre" });
        added.Status.ShouldBe(201, added.Json.ToJsonString());
        (await client.Post("/api/comments", new { ticket_id = ticket.TicketId, comment = "Deux" })).Status.ShouldBe(201);
        (await client.Post("/api/comments", new { ticket_id = 999, comment = "Deux" })).Status.ShouldBe(404);
        (await client.Get("/api/comments/999")).Status.ShouldBe(404);

        var comments = (await client.Get($"/api/comments/{ticket.TicketId}")).Json["comments"]!.AsArray();
        comments.Select(comment => (string)comment!["comment"]!).ShouldBe(["Pièce arrivée", "Deux"]);
        ((string)comments[0]!["user_name"]!).ShouldBe("Essai storekeeper");
        ((string)comments[0]!["user_role"]!).ShouldBe("storekeeper");
    }

    [Fact]
    public async Task History_names_people_who_no_longer_exist()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Planner);
        var ticket = await host.Given.Ticket(assignedTo: 999);

        ((string)(await client.Get($"/api/tickets/{ticket.Id}")).Json["ticket"]!["assignee_name"]!).ShouldBe("Technicien #999");
        (await client.Patch($"/api/tickets/{ticket.Id}", new { assigned_to = 999, priority = "low" })).Status.ShouldBe(200);
        (await client.Patch($"/api/tickets/{ticket.Id}", new { assigned_to = 998 })).Status.ShouldBe(400);
    }

    private static async Task<string[]> Ids(HttpClient client, string path)
    {
        var answer = await client.Get(path);
        answer.Status.ShouldBe(200, answer.Json.ToJsonString());
        return [.. answer.Json["tickets"]!.AsArray().Select((JsonNode? ticket) => (string)ticket!["ticket_id"]!)];
    }
}
