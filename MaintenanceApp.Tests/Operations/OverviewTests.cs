using MaintenanceApp.Operations;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Tests.Operations;

public sealed class OverviewTests
{
    private static readonly DateTime Now = FakeClock.Start;

    [Fact]
    public async Task Late_tickets_come_first_by_priority_then_age_then_what_is_due_soon_then_critical_ones_of_nobody()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, new FakeClock());
        await host.Given.Ticket(title: "Tard", assignedTo: 0, scheduled: Now.AddHours(20));
        await host.Given.Ticket(title: "À personne", priority: TicketPriority.Critical);
        await host.Given.Ticket(title: "Bientôt", assignedTo: 0, scheduled: Now.AddHours(3));
        await host.Given.Ticket(title: "Déjà commencé", status: TicketStatus.InProgress, assignedTo: 0, scheduled: Now.AddHours(3));
        await host.Given.Ticket(title: "En retard récent", assignedTo: 0, scheduled: Now.AddHours(-1), priority: TicketPriority.High);
        await host.Given.Ticket(title: "En retard vieux", status: TicketStatus.InProgress, assignedTo: 0, scheduled: Now.AddHours(-50), priority: TicketPriority.High);
        await host.Given.Ticket(title: "En retard critique", assignedTo: 0, scheduled: Now.AddMinutes(-5), priority: TicketPriority.Critical);
        await host.Given.Ticket(title: "Fini", status: TicketStatus.Completed, assignedTo: 0, scheduled: Now.AddHours(-5));
        await host.Given.Ticket(title: "Jeté", assignedTo: 0, scheduled: Now.AddHours(-5), inTrash: true);

        var overview = await host.Service<OverviewQueries>().ReadAsync(1, TestContext.Current.CancellationToken);

        overview.Todo.Select(row => row.Title)
            .ShouldBe(["En retard critique", "En retard vieux", "En retard récent", "Bientôt", "À personne"]);
        overview.TodoTotal.ShouldBe(5);
        overview.Counts.Overdue.ShouldBe(3);
        overview.OldestDue.ShouldBe(Now.AddHours(-50));
        overview.NextDue.ShouldBe(Now.AddHours(3));
        overview.UnassignedCritical.ShouldBe(1);
        overview.ByStatus.Values.Sum().ShouldBe(overview.Counts.AllOpen);
    }

    [Fact]
    public async Task An_empty_plant_has_nothing_to_do()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, new FakeClock());
        var overview = await host.Service<OverviewQueries>().ReadAsync(1, TestContext.Current.CancellationToken);
        overview.Todo.ShouldBeEmpty();
        overview.Counts.AllOpen.ShouldBe(0);
        overview.OldestDue.ShouldBeNull();
        overview.ByStatus.Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_heartbeat_stops_after_three_intervals_without_a_finished_scan()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = new AppHost(database, clock);
        var query = host.Service<HeartbeatQuery>();
        (await query.ReadAsync(TestContext.Current.CancellationToken)).IsStale.ShouldBeFalse("the process has only just started");
        clock.Advance(TimeSpan.FromMinutes(16));
        (await query.ReadAsync(TestContext.Current.CancellationToken)).IsStale.ShouldBeTrue();
    }
}
