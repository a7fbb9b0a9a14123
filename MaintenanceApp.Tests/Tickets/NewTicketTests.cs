using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Tickets;

public sealed class NewTicketTests
{
    [Theory, BothDatabases]
    public async Task The_same_key_twice_or_at_once_opens_one_ticket_and_another_account_has_its_own_keys(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database);
        using var operators = await host.CreateClientAs(Roles.Operator);
        using var others = await host.CreateClientAs(Roles.Technician);
        var machine = await host.Given.Machine();
        object Request(string key) => new { title = "Bruit", description = "Un bruit.", machine_id = machine.Id, creation_key = key };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => operators.Post("/api/tickets", Request("cle-du-formulaire"))));
        answers.Select(answer => answer.Status).ShouldAllBe(status => status == 201);
        answers.Select(answer => (string)answer.Json["ticket"]!["ticket_id"]!).Distinct().Count().ShouldBe(1);
        (await operators.Post("/api/tickets", Request("une-autre-cle"))).Status.ShouldBe(201);
        (await others.Post("/api/tickets", Request("cle-du-formulaire"))).Status.ShouldBe(201);
        (await operators.Post("/api/tickets", Request("court"))).Status.ShouldBe(400);
        (await operators.Post("/api/tickets", Request("avec espace"))).Status.ShouldBe(400);

        await using var db = database.CreateDbContext();
        (await db.Tickets.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_ticket_that_says_nearly_the_same_on_this_machine_is_shown_and_no_other()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var machine = await screen.Given.Machine("Polisseuse", "Double Edger");
        var same = await screen.Given.Ticket(title: "Convoyeur de sortie qui saute", machine: machine);
        await screen.Given.Ticket(TicketStatus.Completed, title: "Convoyeur qui saute à la sortie", machine: machine);
        await screen.Given.Ticket(title: "Fuite d’huile", machine: machine);
        await screen.Given.Ticket(title: "Convoyeur qui saute à la sortie", machine: await screen.Given.Machine("Four", "A"));
        var queries = screen.Service<NewTicketQueries>();

        async Task<int[]> Find(string title) => [.. (await queries.SimilarAsync(machine.Id, title, CancellationToken.None)).Select(found => found.Id)];
        (await Find("CONVOYEURS qui sautent à la sortie")).ShouldBe([same.Id]);
        (await Find("Le convoyeur")).ShouldBe([same.Id]);
        (await Find("Roulement bruyant du convoyeur d’entrée")).ShouldBeEmpty("one word of four");
        (await Find("de la à")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_machines_one_reported_on_lately_come_first()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var (old, recent) = (await screen.Given.Machine("A", "1"), await screen.Given.Machine("B", "2"));
        await screen.Given.Ticket(machine: old, reporter: screen.Actor, createdAt: screen.Screen.Clock.Now.AddDays(-2));
        await screen.Given.Ticket(machine: recent, reporter: screen.Actor, createdAt: screen.Screen.Clock.Now.AddDays(-1));
        await screen.Given.Ticket(machine: old, reporter: screen.Actor, createdAt: screen.Screen.Clock.Now.AddDays(-3));
        (await screen.Service<NewTicketQueries>().RecentMachinesAsync(screen.User.Id, CancellationToken.None)).ShouldBe([recent.Id, old.Id]);
    }

    [Fact]
    public async Task Who_opened_a_ticket_by_mistake_takes_it_back_while_nobody_has_touched_it()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        var trash = screen.Service<TrashTicket>();
        var mine = await screen.Given.Ticket(reporter: screen.Actor, createdAt: screen.Screen.Clock.Now);
        var touched = await screen.Given.Ticket(reporter: screen.Actor, createdAt: screen.Screen.Clock.Now);
        var old = await screen.Given.Ticket(reporter: screen.Actor, createdAt: screen.Screen.Clock.Now.AddMinutes(-11));
        var theirs = await screen.Given.Ticket(reporter: new Actor(77, "Éric", Roles.Operator), createdAt: screen.Screen.Clock.Now);
        await screen.Service<ChangeTicketStatus>().ExecuteAsync(
            new Actor(77, "Éric", Roles.Supervisor), touched.Id, new ChangeTicketStatusRequest { Status = TicketStatus.Diagnostic }, null, CancellationToken.None);

        (await trash.WithdrawAsync(screen.Actor, mine.Id, CancellationToken.None)).ShouldBeTrue();
        (await screen.Service<TicketQueries>().FindAsync(mine.Id, CancellationToken.None))!.DeletedAt.ShouldNotBeNull();
        await Should.ThrowAsync<StaleRecordException>(() => trash.WithdrawAsync(screen.Actor, touched.Id, CancellationToken.None));
        await Should.ThrowAsync<ForbiddenException>(() => trash.WithdrawAsync(screen.Actor, old.Id, CancellationToken.None));
        await Should.ThrowAsync<ForbiddenException>(() => trash.WithdrawAsync(screen.Actor, theirs.Id, CancellationToken.None));
    }
}
