using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaintenanceApp.Tests.Tickets;

public sealed class ChangeTicketsTests
{
    private static readonly Actor Supervisor = new(7, "Éric Bouchard", Roles.Supervisor);

    private readonly FakeClock clock = new();

    [Theory, BothDatabases]
    public async Task Each_ticket_is_changed_or_says_why_not_and_undo_spares_what_others_changed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var (received, waiting) = (await given.Ticket(), await given.Ticket(TicketStatus.WaitingParts));
        var (already, trashed) = (await given.Ticket(TicketStatus.InProgress), await given.Ticket(inTrash: true));
        var change = Use(database);

        var result = await change.ExecuteAsync(
            Supervisor, [received.Id, waiting.Id, already.Id, trashed.Id, 999_999, received.Id], new StatusChange(TicketStatus.InProgress), CancellationToken.None);
        result.Done.Select(done => done.TicketId).ShouldBe([received.Id, waiting.Id]);
        result.Skipped.ShouldBe(new Dictionary<BulkSkip, int> { [BulkSkip.AlreadySo] = 1, [BulkSkip.InTrash] = 1, [BulkSkip.Gone] = 1 }, ignoreOrder: true);
        (await StatusAsync(database, received)).ShouldBe(TicketStatus.InProgress);
        (await database.QueryAsync($"SELECT id FROM ticket_timeline WHERE ticket_id = {received.Id} AND action = '{TimelineAction.StatusChanged}' AND user_id = 7")).Count.ShouldBe(1);

        await change.ExecuteAsync(Supervisor, [waiting.Id], new StatusChange(TicketStatus.Completed), CancellationToken.None);
        var undone = await change.UndoAsync(Supervisor, result, CancellationToken.None);
        undone.Done.Select(done => done.TicketId).ShouldBe([received.Id]);
        undone.Skipped.ShouldBe(new Dictionary<BulkSkip, int> { [BulkSkip.Overtaken] = 1 });
        (await StatusAsync(database, received)).ShouldBe(TicketStatus.Received);
        (await StatusAsync(database, waiting)).ShouldBe(TicketStatus.Completed);
    }

    [Fact]
    public async Task Rights_are_those_of_each_row()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, clock);
        var reporter = new Actor(12, "Lise Gauthier", Roles.Operator);
        var (mine, theirs) = (await given.Ticket(reporter: reporter), await given.Ticket());

        var result = await Use(database).ExecuteAsync(reporter, [mine.Id, theirs.Id], new PriorityChange(TicketPriority.Critical), CancellationToken.None);
        result.Done.ShouldHaveSingleItem().TicketId.ShouldBe(mine.Id);
        result.Skipped.ShouldBe(new Dictionary<BulkSkip, int> { [BulkSkip.NotAllowed] = 1 });
        foreach (var forbidden in new BulkChange[] { new StatusChange(TicketStatus.Archived), new AssigneeChange(0), new DueChange(null), new TrashChange(true) })
        {
            var refused = await Use(database).ExecuteAsync(reporter, [mine.Id], forbidden, CancellationToken.None);
            refused.Done.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Assignee_date_and_trash_come_back_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, clock);
        var due = clock.Now.AddDays(2);
        var ticket = await given.Ticket(assignedTo: User.TeamId, scheduled: due);
        var person = await given.User();
        var change = Use(database);
        foreach (var wanted in new BulkChange[] { new AssigneeChange(person.Id), new DueChange(null), new TrashChange(true) })
        {
            var result = await change.ExecuteAsync(Supervisor, [ticket.Id], wanted, CancellationToken.None);
            result.Done.Count.ShouldBe(1);
            (await change.UndoAsync(Supervisor, result, CancellationToken.None)).Done.Count.ShouldBe(1);
        }

        await using var db = database.CreateDbContext();
        var row = await db.Tickets.SingleAsync();
        (row.AssignedTo, row.ScheduledDate, row.DeletedAt).ShouldBe((User.TeamId, due, null));
        await Should.ThrowAsync<InvalidInputException>(() => change.ExecuteAsync(Supervisor, [ticket.Id], new AssigneeChange(4321), CancellationToken.None));
    }

    [Fact]
    public async Task Too_many_at_once_are_refused_before_the_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var exception = await Should.ThrowAsync<RuleException>(() =>
            Use(database).ExecuteAsync(Supervisor, [.. Enumerable.Range(1, ChangeTickets.Most + 1)], new TrashChange(true), CancellationToken.None));
        exception.Code.ShouldBe("tickets.too_many");
    }

    private static async Task<TicketStatus> StatusAsync(TestDatabase database, Ticket ticket)
    {
        await using var db = database.CreateDbContext();
        return (await db.Tickets.SingleAsync(row => row.Id == ticket.Id)).Status;
    }

    private ChangeTickets Use(TestDatabase database) => new(database, new LiveUpdates(NullLogger<LiveUpdates>.Instance), clock);
}
