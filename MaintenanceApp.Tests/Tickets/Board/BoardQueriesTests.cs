using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Users;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets.Board;

public sealed class BoardQueriesTests
{
    private static readonly Actor Viewer = new(3, "Anne Roy", Roles.Viewer);

    private readonly FakeClock clock = new(new DateTime(2025, 11, 12, 19, 32, 0, DateTimeKind.Utc));

    [Theory, BothDatabases]
    public async Task Columns_are_in_workflow_order_with_the_numbers_of_the_list(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var machine = await given.Machine("Four", "Four de trempe");
        await given.OverdueTicket(machine: machine);
        await given.OverdueTicket(status: TicketStatus.Diagnostic);
        await given.Ticket(priority: TicketPriority.Critical);
        await given.Ticket(TicketStatus.InProgress, assignedTo: Viewer.UserId, scheduled: clock.Now.AddDays(2), machine: machine);
        await given.OverdueTicket(status: TicketStatus.WaitingParts);
        await given.Ticket(TicketStatus.Completed);
        await given.Ticket(TicketStatus.Archived);
        await given.Ticket(inTrash: true);
        var list = new TicketQueries(database, Site());
        TicketFilter[] filters =
        [
            new() { View = TicketView.AllOpen },
            new() { View = TicketView.Overdue },
            new() { View = TicketView.Mine },
            new() { View = TicketView.AllOpen, MachineId = machine.Id },
            new() { View = TicketView.AllOpen, Priorities = [TicketPriority.Critical] },
            new() { Text = "four" },
            new() { View = TicketView.AllOpen, Due = TicketDue.SevenDays },
        ];

        foreach (var filter in filters)
        {
            var board = await ReadAsync(database, new BoardQuestion(filter));
            board.Columns.Select(column => column.Status).ShouldBe(Enum.GetValues<TicketStatus>());
            foreach (var column in board.Columns)
            {
                var isFinished = column.Status is TicketStatus.Completed or TicketStatus.Archived;
                var same = filter with { View = filter.View == TicketView.AllOpen && isFinished ? null : filter.View, Statuses = [column.Status] };
                column.Count.ShouldBe((await list.ListAsync(same, Viewer.UserId, CancellationToken.None)).Total, $"{filter} {column.Status}");
                column.Overdue.ShouldBe((await list.ListAsync(same with { IsOverdue = true }, Viewer.UserId, CancellationToken.None)).Total);
            }
        }

        var counts = await list.CountsAsync(Viewer.UserId, CancellationToken.None);
        var all = await ReadAsync(database, new BoardQuestion(filters[0]));
        (all.Open, all.Overdue).ShouldBe((counts.AllOpen, counts.Overdue));
    }

    [Theory, BothDatabases]
    public async Task Overdue_cards_are_on_top_in_any_order(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        await given.Ticket(title: "Sans date, récent", createdAt: clock.Now);
        await given.OverdueTicket(TimeSpan.FromHours(2), title: "En retard de 2 h");
        await given.Ticket(title: "Demain", scheduled: clock.Now.AddDays(1), createdAt: clock.Now.AddDays(-3));
        await given.OverdueTicket(TimeSpan.FromDays(2), title: "En retard de 2 j");

        Titles(await ReadAsync(database, Question())).ShouldBe(["En retard de 2 j", "En retard de 2 h", "Demain", "Sans date, récent"]);
        var newest = new TicketFilter { View = TicketView.AllOpen, Sort = [TicketSort.Newest] };
        Titles(await ReadAsync(database, new BoardQuestion(newest)))[..2].ShouldBe(["En retard de 2 j", "En retard de 2 h"], ignoreOrder: true);
        Titles(await ReadAsync(database, new BoardQuestion(newest)))[2..].ShouldBe(["Sans date, récent", "Demain"]);
        Titles(await ReadAsync(database, Question() with { Cards = new Dictionary<TicketStatus, int> { [TicketStatus.Received] = 3 } }))
            .ShouldBe(["En retard de 2 j", "En retard de 2 h", "Demain"]);
    }

    [Fact]
    public async Task A_column_never_reads_more_cards_than_asked_and_folded_ones_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, clock);
        await given.OverdueTickets(BoardQueries.CardsPerColumn + 5);
        await given.Ticket(TicketStatus.Archived);
        await given.Ticket(TicketStatus.Diagnostic);

        var board = await ReadAsync(database, Question());
        (board[TicketStatus.Received].Count, board[TicketStatus.Received].Cards.Count).ShouldBe((BoardQueries.CardsPerColumn + 5, BoardQueries.CardsPerColumn));
        (board[TicketStatus.Archived].Count, board[TicketStatus.Archived].Cards.Count).ShouldBe((1, 0));
        (await ReadAsync(database, Question() with { ShowsArchived = true }))[TicketStatus.Archived].Cards.Count.ShouldBe(1);

        var more = Question() with { Cards = new Dictionary<TicketStatus, int> { [TicketStatus.Received] = int.MaxValue } };
        (await ReadAsync(database, more))[TicketStatus.Received].Cards.Count.ShouldBe(BoardQueries.CardsPerColumn + 5);
        var onlyReceived = await ReadAsync(database, new BoardQuestion(new TicketFilter { View = TicketView.AllOpen, Statuses = [TicketStatus.Received] }));
        (onlyReceived[TicketStatus.Diagnostic].Count, onlyReceived[TicketStatus.Diagnostic].Cards.Count).ShouldBe((1, 0), "folded, its number stays");
    }

    [Fact]
    public async Task Completed_tickets_leave_after_seven_days()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, clock);
        await given.Ticket(TicketStatus.Completed, title: "Il y a huit jours", createdAt: clock.Now.AddDays(-8));
        await given.Ticket(TicketStatus.Completed, title: "Il y a six jours", createdAt: clock.Now.AddDays(-6));
        await given.Ticket(TicketStatus.Completed, title: "Hier", createdAt: clock.Now.AddDays(-1));

        var completed = (await ReadAsync(database, Question()))[TicketStatus.Completed];
        completed.Count.ShouldBe(2);
        completed.Cards.Select(card => card.Title).ShouldBe(["Hier", "Il y a six jours"]);
    }

    [Theory, BothDatabases]
    public async Task Lanes_count_their_cells_and_put_nobody_last(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var person = await given.User(name: "Sophie Gagnon");
        await given.Ticket(priority: TicketPriority.Critical);
        await given.Ticket(assignedTo: person.Id, status: TicketStatus.Diagnostic);
        await given.OverdueTicket(assignedTo: User.TeamId, status: TicketStatus.Diagnostic);

        var byPerson = await ReadAsync(database, Question() with { Lanes = BoardLaneKind.Assignee });
        byPerson.Lanes.Select(lane => lane.Key).ShouldBe([User.TeamId, person.Id, null]);
        byPerson.Lanes[1].Name.ShouldBe("Sophie Gagnon");
        byPerson.CountOf(TicketStatus.Diagnostic, person.Id).ShouldBe(1);
        byPerson.CountOf(TicketStatus.Received, null).ShouldBe(1);
        byPerson.Lanes.Sum(lane => lane.Count).ShouldBe(3);

        var byPriority = await ReadAsync(database, Question() with { Lanes = BoardLaneKind.Priority });
        byPriority.Lanes.Select(lane => (lane.Key, lane.Count, lane.Overdue)).ShouldBe([((int)TicketPriority.Critical, 1, 0), ((int)TicketPriority.Medium, 2, 1)]);
        var byMachine = await ReadAsync(database, Question() with { Lanes = BoardLaneKind.Machine });
        byMachine.Lanes.Count.ShouldBe(3);
        byMachine.Lanes.ShouldAllBe(lane => lane.Name == "Polisseuse Double Edger");
    }

    [Theory, BothDatabases]
    public async Task A_card_knows_its_comments_and_how_its_notifications_went(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var ticket = await given.OverdueTicket();
        await given.Notification(ticket, NotificationStatus.Delivered);
        await given.Notification(ticket, NotificationStatus.Dead);
        await using (var db = database.CreateDbContext())
        {
            db.Add(new TicketComment(ticket.Id, Given.Planner, "Vu.", clock.Now));
            await db.SaveChangesAsync();
        }

        var card = (await ReadAsync(database, Question()))[TicketStatus.Received].Cards.ShouldHaveSingleItem();
        (card.Comments, card.Files, card.Sends, card.AssigneeName, card.IsOverdue).ShouldBe((1, 0, new BoardSends(1, HasFailed: true), PersonName.Team, true));
    }

    [Fact]
    public async Task Whoever_may_not_read_tickets_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Should.ThrowAsync<ForbiddenException>(
            () => new BoardQueries(database, Site()).ReadAsync(new Actor(9, "Personne", "unknown"), Question(), CancellationToken.None));
    }

    private static BoardQuestion Question() => new(new TicketFilter { View = TicketView.AllOpen });

    private static string[] Titles(BoardView board) => [.. board[TicketStatus.Received].Cards.Select(card => card.Title)];

    private SiteClock Site() => new(clock, Options.Create(new SiteOptions()));

    private Task<BoardView> ReadAsync(TestDatabase database, BoardQuestion question) =>
        new BoardQueries(database, Site()).ReadAsync(Viewer, question, CancellationToken.None);
}
