using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Machines;

public sealed class MachineRouteTests
{
    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task A_machine_is_added_changed_and_removed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Supervisor);

        var created = await client.Post("/api/machines", new { machine_type = "Four", model = "3200", serial_number = "A-1", location = "Hall B" });
        created.Status.ShouldBe(201, created.Json.ToJsonString());
        var id = (int)created.Json["machine"]!["id"]!;
        ((string)created.Json["machine"]!["status"]!).ShouldBe("operational");

        var patched = await client.Patch($"/api/machines/{id}", new { status = "out_of_service", location = (string?)null });
        ((string)patched.Json["machine"]!["status"]!).ShouldBe("out_of_service");
        patched.Json["machine"]!["location"].ShouldBeNull();
        ((string)patched.Json["machine"]!["serial_number"]!).ShouldBe("A-1");
        (await client.Patch($"/api/machines/{id}", new { model = "B", version = 0 })).Status.ShouldBe(409);

        (await client.Get("/api/machines")).Json["machines"]!.AsArray().Count.ShouldBe(1);
        (await client.Delete($"/api/machines/{id}")).Status.ShouldBe(200);
        (await client.Get($"/api/machines/{id}")).Status.ShouldBe(404);
        (await client.Patch($"/api/machines/{id}", new { model = "B" })).Status.ShouldBe(404);
        (await client.Delete($"/api/machines/{id}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_machine_deleted_right_after_a_change_of_it_is_a_conflict_and_not_an_error()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Supervisor);
        var machine = await host.Given.Machine();
        using var _ = host.Service<LiveUpdates>().Subscribe(message =>
        {
            using var db = database.CreateDbContext();
            db.Machines.ExecuteDelete();
        });

        (await client.Patch($"/api/machines/{machine.Id}", new { model = "B" })).Status.ShouldBe(409);
    }

    [Theory, BothDatabases]
    public async Task A_serial_number_belongs_to_one_machine(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Admin);
        await host.Given.Machine(serial: "A-1");
        var other = await host.Given.Machine(serial: "A-2");
        await host.Given.Machine();
        await host.Given.Machine();

        var twice = await client.Post("/api/machines", new { machine_type = "Four", model = "B", serial_number = " A-1 " });
        (twice.Status, (string?)twice.Json["code"]).ShouldBe((409, "machine.serial_taken"));
        (await client.Patch($"/api/machines/{other.Id}", new { serial_number = "A-1" })).Status.ShouldBe(409);
    }

    [Theory]
    [BothDatabases(false)]
    [BothDatabases(true)]
    public async Task A_machine_with_tickets_stays_even_when_they_are_in_the_trash(DatabaseProvider provider, bool inTrash)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Admin);
        var machine = await host.Given.Machine();
        await host.Given.Ticket(machine: machine, inTrash: inTrash);

        var refused = await client.Delete($"/api/machines/{machine.Id}");
        (refused.Status, (string?)refused.Json["code"]).ShouldBe((409, "machine.has_tickets"));
    }

    [Theory, BothDatabases]
    public async Task Tickets_are_counted_per_machine(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var machine = await given.Machine();
        var quiet = await given.Machine();
        await given.OverdueTicket(machine: machine);
        await given.Ticket(machine: machine);
        await given.Ticket(machine: machine, inTrash: true);
        await given.Ticket(machine: machine, status: TicketStatus.Completed, createdAt: clock.Now.AddDays(-1));

        var counts = await new MachineTicketCounts(database, clock).ReadAsync(CancellationToken.None);
        counts[machine.Id].ShouldBe(new MachineTickets(2, 1, clock.Now.AddDays(-1)));
        counts.ContainsKey(quiet.Id).ShouldBeFalse();
    }
}
