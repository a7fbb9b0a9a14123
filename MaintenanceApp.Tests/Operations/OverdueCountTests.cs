using System.Text.Json.Nodes;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Tickets.Calendar;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Operations;

/// <summary>« En retard » is one number wherever it is read, at one instant. The system this replaces had three.</summary>
public sealed class OverdueCountTests
{
    private static readonly DateTime Now = FakeClock.Start;

    [Fact]
    public async Task Every_place_counts_the_same_overdue_tickets_at_one_instant()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, new FakeClock());
        await GivenAllKindsAsync(host);
        const int expected = 5;

        var cancellation = TestContext.Current.CancellationToken;
        var tickets = host.Service<TicketQueries>();
        (await host.Service<OverviewQueries>().ReadAsync(1, cancellation)).Counts.Overdue.ShouldBe(expected, "overview");
        (await tickets.CountsAsync(1, cancellation)).Overdue.ShouldBe(expected, "tab of the list");
        (await tickets.ListAsync(new TicketFilter { View = TicketView.Overdue }, 1, cancellation)).Total.ShouldBe(expected, "rows of the list");
        var every = await tickets.ListAsync(new TicketFilter { PageSize = TicketFilter.MaxPageSize }, 1, cancellation);
        every.Rows.Count(row => row.IsOverdue).ShouldBe(expected, "rows marked late");
        var board = await host.Service<BoardQueries>().ReadAsync(Given.Planner, new BoardQuestion(new TicketFilter { View = TicketView.AllOpen }), cancellation);
        board.Overdue.ShouldBe(expected, "board");
        board.Columns.SelectMany(column => column.Cards).Count(card => card.IsOverdue).ShouldBe(expected, "cards marked late");
        (await host.Service<CalendarQueries>().TrayAsync(new TicketFilter(), TrayOrder.Priority, null, 1, cancellation)).Overdue.ShouldBe(expected, "calendar");
        (await host.Service<MachineTicketCounts>().ReadAsync(cancellation)).Values.Sum(machine => machine.Overdue).ShouldBe(expected, "machines");

        using var client = await host.CreateClientAs(Roles.Viewer);
        var answer = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/tickets?overdue=true&page_size=500", UriKind.Relative), cancellation))!;
        answer["tickets"]!.AsArray().Count.ShouldBe(expected, "API");

        // The notifier adds its own conditions to the same lateness: assigned and not started.
        var notified = every.Rows.Count(row => row.IsOverdue && row.AssignedTo is not null && row.Status is (TicketStatus.Received or TicketStatus.Diagnostic));
        (await host.Service<DryRun>().ExecuteAsync(cancellation)).TotalOverdue.ShouldBe(notified, "notifier");
        notified.ShouldBe(2);
        (await host.Service<SystemQueries>().LateAsync(cancellation)).ShouldBe((expected, notified), "operations");
        var run = await host.Service<ScanRuns>().BeginAsync(ScanTrigger.Manual, cancellation);
        await host.Service<OverdueScan>().RunAsync(run, cancellation);
        var scanned = (await host.Service<RunQueries>().ListAsync(run, 1, 20, cancellation)).Rows.Single();
        (scanned.Late, scanned.TotalOverdue).ShouldBe((expected, notified), "history of scans");
    }

    /// <summary>Five late ones of every kind, and the neighbours that are not: at the very instant, later, finished, trashed, without a date.</summary>
    private static async Task GivenAllKindsAsync(AppHost host)
    {
        var machine = await host.Given.Machine();
        await host.Given.Ticket(assignedTo: 0, scheduled: Now.AddSeconds(-1), machine: machine);
        await host.Given.Ticket(status: TicketStatus.Diagnostic, assignedTo: 0, scheduled: Now.AddDays(-40), machine: machine);
        await host.Given.Ticket(scheduled: Now.AddHours(-3), machine: machine);
        await host.Given.Ticket(status: TicketStatus.InProgress, assignedTo: 0, scheduled: Now.AddHours(-3), machine: machine);
        await host.Given.Ticket(status: TicketStatus.WaitingParts, assignedTo: 0, scheduled: Now.AddHours(-3), machine: machine);
        await host.Given.Ticket(assignedTo: 0, scheduled: Now, machine: machine);
        await host.Given.Ticket(assignedTo: 0, scheduled: Now.AddHours(1), machine: machine);
        await host.Given.Ticket(status: TicketStatus.Completed, assignedTo: 0, scheduled: Now.AddHours(-3), machine: machine);
        await host.Given.Ticket(status: TicketStatus.Archived, assignedTo: 0, scheduled: Now.AddHours(-3), machine: machine);
        await host.Given.Ticket(assignedTo: 0, scheduled: Now.AddHours(-3), inTrash: true, machine: machine);
        await host.Given.Ticket(assignedTo: 0, machine: machine);
    }
}
