using MaintenanceApp.Components.Search;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Components;

public sealed class SiteSearchTests
{
    private static readonly Actor Supervisor = new(1, "Anne Roy", Roles.Supervisor);

    [Fact]
    public async Task One_word_finds_tickets_machines_and_people_whatever_its_accents()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var person = await host.Given.User(Roles.Technician, name: "Zoé Zéphyr");
        var ticket = await host.Given.Ticket(title: "Fuite au zéphyr");
        var search = host.Service<SiteSearch>();

        var found = await search.FindAsync("ZEPHYR", Supervisor, CancellationToken.None);

        found.Tickets.ShouldHaveSingleItem().TicketId.ShouldBe(ticket.TicketId);
        found.People.ShouldHaveSingleItem().Id.ShouldBe(person.Id);
        found.Machines.ShouldBeEmpty();
        (await search.FindAsync("équipe", Supervisor, CancellationToken.None)).People.ShouldHaveSingleItem().Id.ShouldBe(User.TeamId);
    }

    [Fact]
    public async Task The_number_of_a_ticket_comes_first_in_any_case_and_late_ones_are_found_by_the_word()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var asked = await host.Given.Ticket(title: "Celui qu’on cherche");
        await host.Given.Ticket(title: $"Suite de {asked.TicketId}");
        var late = await host.Given.OverdueTicket(title: "En panne");
        var search = host.Service<SiteSearch>();

        (await search.FindAsync(asked.TicketId.ToLowerInvariant(), Supervisor, CancellationToken.None)).Tickets
            .Select(row => row.TicketId).ToList().IndexOf(asked.TicketId).ShouldBe(0);
        (await search.FindAsync("en retard", Supervisor, CancellationToken.None)).Tickets.ShouldHaveSingleItem().TicketId.ShouldBe(late.TicketId);
    }

    [Fact]
    public async Task Never_more_than_a_handful()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        for (var count = 0; count < SiteSearch.Size + 2; count++)
        {
            await host.Given.Ticket(title: "Courroie usée");
        }

        var found = await host.Service<SiteSearch>().FindAsync("courroie", Supervisor, CancellationToken.None);
        (found.Tickets.Count, found.HasMoreTickets).ShouldBe((SiteSearch.Size, true));
    }
}
