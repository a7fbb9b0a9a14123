using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Tickets;

public sealed class EraseTicketTests
{
    private static readonly Actor Admin = new(42, "Anne Roy", Roles.Admin);
    private static readonly DateTime Yesterday = FakeClock.Start.AddDays(-1);

    [Theory, BothDatabases]
    public async Task An_administrator_deletes_one_ticket_with_all_it_has_and_it_is_on_record(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var store = host.Service<IFileStore>();
        var ticket = await FullTicket.CreateAsync(database, host.Given, store, Yesterday);
        var other = await FullTicket.CreateAsync(database, host.Given, store, Yesterday);
        (await host.Service<TrashQueries>().ContentsAsync(ticket.Id, CancellationToken.None)).ShouldBe(new TrashContents(1, 1, 1, 5, 2, Yesterday));

        (await host.Service<EraseTicket>().ExecuteAsync(Admin, ticket.Id, ticket.Version, CancellationToken.None)).ShouldBeTrue();

        await using var db = database.CreateDbContext();
        (await FullTicket.RowsAsync(db)).ShouldBe([1, 1, 1, 1, 1, 1, 2, 1]);
        (await db.Tickets.SingleAsync(TestContext.Current.CancellationToken)).Id.ShouldBe(other.Id);
        FullTicket.StoredIn(store).ShouldBe(2);
        host.Logs.ShouldContain($"Ticket {ticket.TicketId} was deleted for good by Anne Roy (account 42), with 1 files");
        var notice = await db.AdminNotices.SingleAsync(TestContext.Current.CancellationToken);
        (notice.Kind, ErasureDetail.Parse(notice.Detail)).ShouldBe((NoticeKind.TicketErased, new ErasureDetail(ticket.TicketId, "Anne Roy")));
        (await host.Service<EraseTicket>().ExecuteAsync(Admin, ticket.Id, null, CancellationToken.None)).ShouldBeFalse("it is gone");
    }

    [Theory, BothDatabases]
    public async Task A_ticket_that_changed_meanwhile_stays(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var store = host.Service<IFileStore>();
        var ticket = await FullTicket.CreateAsync(database, host.Given, store, Yesterday);
        var (erase, trash) = (host.Service<EraseTicket>(), host.Service<TrashTicket>());

        await trash.RestoreAsync(Admin, ticket.Id, CancellationToken.None);
        (await Should.ThrowAsync<RuleException>(() => erase.ExecuteAsync(Admin, ticket.Id, ticket.Version, CancellationToken.None))).Code.ShouldBe("ticket.not_in_trash");
        await trash.ExecuteAsync(Admin, ticket.Id, null, CancellationToken.None);
        await Should.ThrowAsync<StaleRecordException>(() => erase.ExecuteAsync(Admin, ticket.Id, ticket.Version, CancellationToken.None));
        var supervisor = Admin with { Role = Roles.Supervisor };
        await Should.ThrowAsync<ForbiddenException>(() => erase.ExecuteAsync(supervisor, ticket.Id, null, CancellationToken.None));
        await Should.ThrowAsync<ForbiddenException>(() => host.Service<EmptyTrash>().ExecuteAsync(supervisor, new(1, 0, 0, 0, 0, FakeClock.Start), CancellationToken.None));

        await using var db = database.CreateDbContext();
        (await FullTicket.RowsAsync(db)).ShouldBe([1, 1, 1, 1, 1, 1, 2, 1]);
        FullTicket.StoredIn(store).ShouldBe(2);
        (await db.AdminNotices.AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task A_ticket_deleted_for_good_while_it_is_restored_is_gone_and_not_an_error(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var (one, two) = (await host.Given.Ticket(createdAt: Yesterday, inTrash: true), await host.Given.Ticket(createdAt: Yesterday, inTrash: true));
        var erase = host.Service<EraseTicket>();

        await Should.ThrowAsync<StaleRecordException>(() => host.Service<TicketChanges>().ApplyAsync(
            one.Id,
            null,
            async (_, ticket, now) =>
            {
                (await erase.ExecuteAsync(Admin, one.Id, null, CancellationToken.None)).ShouldBeTrue();
                ticket.Restore(Admin, now);
            },
            CancellationToken.None,
            isInTrash: true));
        var bulk = await host.Service<ChangeTickets>().ExecuteAsync(Admin, [new WantedChange(two.Id, new RestoreTooLate(erase, two.Id))], CancellationToken.None);

        bulk.Done.ShouldBeEmpty();
        bulk.Skipped.ShouldBe(new Dictionary<ChangeSkip, int> { [ChangeSkip.Gone] = 1 });
        await using var db = database.CreateDbContext();
        (await db.Tickets.AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task Emptying_the_trash_takes_what_was_seen_and_nothing_that_came_or_went_since(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var (queries, empty) = (host.Service<TrashQueries>(), host.Service<EmptyTrash>());
        (await queries.ContentsAsync(null, CancellationToken.None)).ShouldBe(new TrashContents(0, 0, 0, 0, 0, null));
        foreach (var _ in Enumerable.Range(0, 24))
        {
            await host.Given.Ticket(createdAt: Yesterday, inTrash: true);
        }

        var restored = await host.Given.Ticket(createdAt: Yesterday, inTrash: true);
        var alive = await host.Given.Ticket(createdAt: Yesterday);
        var seen = await queries.ContentsAsync(null, CancellationToken.None);
        seen.Tickets.ShouldBe(25);
        await host.Service<TrashTicket>().RestoreAsync(Admin, restored.Id, CancellationToken.None);
        var late = await host.Given.Ticket(inTrash: true);

        (await empty.ExecuteAsync(Admin, seen, CancellationToken.None)).ShouldBe(24);

        await using var db = database.CreateDbContext();
        (await db.Tickets.Select(ticket => ticket.Id).ToListAsync(TestContext.Current.CancellationToken)).ShouldBe([restored.Id, alive.Id, late.Id], ignoreOrder: true);
        var notice = await db.AdminNotices.SingleAsync(TestContext.Current.CancellationToken);
        (notice.Kind, notice.Count).ShouldBe((NoticeKind.TrashEmptied, 24));

        var now = await queries.ContentsAsync(null, CancellationToken.None);
        await host.Given.Ticket(createdAt: Yesterday, inTrash: true);
        (await Should.ThrowAsync<RuleException>(() => empty.ExecuteAsync(Admin, now, CancellationToken.None))).Code.ShouldBe("trash.grown");
        (await queries.ContentsAsync(null, CancellationToken.None)).Tickets.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task The_number_of_a_deleted_ticket_is_not_given_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var machine = await host.Given.Machine();
        var numbers = new List<string>();
        async Task<int> CreateAsync(bool andTrash)
        {
            var created = await host.Service<CreateTicket>().ExecuteAsync(
                Admin, new CreateTicketRequest { Title = "Essai", Description = "Pour voir.", MachineId = machine.Id }, CancellationToken.None);
            numbers.Add(created.TicketId[^3..]);
            await (andTrash ? host.Service<TrashTicket>().ExecuteAsync(Admin, created.Id, null, CancellationToken.None) : Task.FromResult(true));
            return created.Id;
        }

        await CreateAsync(andTrash: false);
        await host.Service<EraseTicket>().ExecuteAsync(Admin, await CreateAsync(andTrash: true), null, CancellationToken.None);
        await CreateAsync(andTrash: true);
        await CreateAsync(andTrash: true);
        await host.Service<EmptyTrash>().ExecuteAsync(Admin, await host.Service<TrashQueries>().ContentsAsync(null, CancellationToken.None), CancellationToken.None);

        // The numbers are values of the notices; their text is for people.
        await database.ExecuteAsync("UPDATE admin_notices SET detail = 'IGP-FOUR-20251112-800 · Anne Roy'");
        await CreateAsync(andTrash: false);
        numbers.ShouldBe(["001", "002", "003", "004", "005"]);
    }

    [Fact]
    public async Task The_route_deletes_only_what_is_in_the_trash()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Admin);
        var ticket = await host.Given.Ticket();

        (await client.Delete($"/api/trash/{ticket.TicketId}")).Status.ShouldBe(409);
        (await client.Delete($"/api/tickets/{ticket.TicketId}")).Status.ShouldBe(200);
        (await client.Delete($"/api/trash/{ticket.TicketId}?version=0")).Status.ShouldBe(409, "it has changed since");
        (await client.Delete($"/api/trash/{ticket.TicketId}")).Status.ShouldBe(200);
        (await client.Delete($"/api/trash/{ticket.TicketId}")).Status.ShouldBe(404);
    }

    /// <summary>Somebody deletes the ticket between the read and the save.</summary>
    private sealed record RestoreTooLate(EraseTicket Erase, int TicketId) : TicketChange
    {
        public override bool IsAboutTrash => true;

        internal override bool IsAlreadySo(Ticket ticket) => false;

        internal override TicketChange Present(Ticket ticket) => new TrashChange(true);

        internal override void Apply(Ticket ticket, Actor actor, DateTime now)
        {
            Erase.ExecuteAsync(actor, TicketId, null, CancellationToken.None).GetAwaiter().GetResult().ShouldBeTrue();
            ticket.Restore(actor, now);
        }
    }
}
