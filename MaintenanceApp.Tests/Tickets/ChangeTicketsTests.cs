using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Change;
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
            Supervisor, Each(new StatusChange(TicketStatus.InProgress), [received.Id, waiting.Id, already.Id, trashed.Id, 999_999, received.Id]), CancellationToken.None);
        result.Done.Select(done => done.TicketId).ShouldBe([received.Id, waiting.Id]);
        result.Skipped.ShouldBe(new Dictionary<ChangeSkip, int> { [ChangeSkip.AlreadySo] = 1, [ChangeSkip.InTrash] = 1, [ChangeSkip.Gone] = 1 }, ignoreOrder: true);
        (await StatusAsync(database, received)).ShouldBe(TicketStatus.InProgress);
        (await database.QueryAsync($"SELECT id FROM ticket_timeline WHERE ticket_id = {received.Id} AND action = '{TimelineAction.StatusChanged}' AND user_id = 7")).Count.ShouldBe(1);

        await change.ExecuteAsync(Supervisor, Each(new StatusChange(TicketStatus.Completed), [waiting.Id]), CancellationToken.None);
        var undone = await change.UndoAsync(result.Done, CancellationToken.None);
        undone.Done.Select(done => done.TicketId).ShouldBe([received.Id]);
        undone.Skipped.ShouldBe(new Dictionary<ChangeSkip, int> { [ChangeSkip.Overtaken] = 1 });
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

        var result = await Use(database).ExecuteAsync(reporter, Each(new PriorityChange(TicketPriority.Critical), [mine.Id, theirs.Id]), CancellationToken.None);
        result.Done.ShouldHaveSingleItem().TicketId.ShouldBe(mine.Id);
        result.Skipped.ShouldBe(new Dictionary<ChangeSkip, int> { [ChangeSkip.NotAllowed] = 1 });
        foreach (var forbidden in new TicketChange[] { new StatusChange(TicketStatus.Archived), new AssigneeChange(0), new DueChange(null), new TrashChange(true) })
        {
            var refused = await Use(database).ExecuteAsync(reporter, Each(forbidden, [mine.Id]), CancellationToken.None);
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
        foreach (var wanted in new TicketChange[] { new AssigneeChange(person.Id), new DueChange(null), new TrashChange(true) })
        {
            var result = await change.ExecuteAsync(Supervisor, Each(wanted, [ticket.Id]), CancellationToken.None);
            result.Done.Count.ShouldBe(1);
            (await change.UndoAsync(result.Done, CancellationToken.None)).Done.Count.ShouldBe(1);
        }

        await using var db = database.CreateDbContext();
        var row = await db.Tickets.SingleAsync();
        (row.AssignedTo, row.ScheduledDate, row.DeletedAt).ShouldBe((User.TeamId, due, null));
        await Should.ThrowAsync<InvalidInputException>(() => change.ExecuteAsync(Supervisor, Each(new AssigneeChange(4321), [ticket.Id]), CancellationToken.None));
    }

    [Fact]
    public async Task What_was_done_before_the_database_gave_up_is_known_and_can_be_taken_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tickets = await new Given(database, clock).OverdueTickets(101);
        var stuck = tickets[^1].Id;
        await database.ExecuteAsync($"CREATE TRIGGER stuck BEFORE UPDATE ON tickets WHEN NEW.id = {stuck} BEGIN SELECT RAISE(ABORT, 'stuck'); END");
        var change = Use(database);

        var result = await change.ExecuteAsync(Supervisor, Each(new StatusChange(TicketStatus.InProgress), tickets.Select(ticket => ticket.Id)), CancellationToken.None);
        result.Done.Count.ShouldBe(100);
        result.Skipped.ShouldBe(new Dictionary<ChangeSkip, int> { [ChangeSkip.NotSaved] = 1 });
        result.Refusal.ShouldBeOfType<StaleRecordException>();

        (await change.UndoAsync(result.Done, CancellationToken.None)).Done.Count.ShouldBe(100);
        await using var db = database.CreateDbContext();
        (await db.Tickets.CountAsync(ticket => ticket.Status == TicketStatus.Received)).ShouldBe(101);
    }

    [Fact]
    public async Task Too_many_at_once_are_refused_before_the_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var exception = await Should.ThrowAsync<RuleException>(() =>
            Use(database).ExecuteAsync(Supervisor, Each(new TrashChange(true), [.. Enumerable.Range(1, ChangeTickets.Most + 1)]), CancellationToken.None));
        exception.Code.ShouldBe("tickets.too_many");
    }

    private static async Task<TicketStatus> StatusAsync(TestDatabase database, Ticket ticket)
    {
        await using var db = database.CreateDbContext();
        return (await db.Tickets.SingleAsync(row => row.Id == ticket.Id)).Status;
    }

    private static List<WantedChange> Each(TicketChange change, IEnumerable<int> tickets) => [.. tickets.Select(id => new WantedChange(id, change))];

    private ChangeTickets Use(TestDatabase database) => new(database, new LiveUpdates(NullLogger<LiveUpdates>.Instance), clock);
}
