using System.Net;
using MaintenanceApp.Data;
using MaintenanceApp.Operations;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets;

public sealed class AssigneeWhoLeftTests
{
    private static readonly DateTime Now = FakeClock.Start;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task The_overview_counts_the_rows_that_its_link_shows(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var gone = await host.Given.User(name: "Paul Gagnon");
        var stays = await host.Given.User(name: "Marie Roy");
        var late = await host.Given.Ticket(title: "En retard", assignedTo: gone.Id, scheduled: Now.AddHours(-2));
        var started = await host.Given.Ticket(title: "Commencé", status: TicketStatus.InProgress, assignedTo: gone.Id);
        await host.Given.Ticket(title: "Fini", status: TicketStatus.Completed, assignedTo: gone.Id);
        await host.Given.Ticket(title: "Jeté", assignedTo: gone.Id, inTrash: true);
        await host.Given.Ticket(title: "Marie", assignedTo: stays.Id, scheduled: Now.AddHours(-1));
        await host.Given.Ticket(title: "Équipe", assignedTo: User.TeamId);
        await host.Given.Ticket(title: "À personne");
        (await host.Service<OverviewQueries>().ReadAsync(1, Stop)).OfPeopleWhoLeft.ShouldBe(0);
        using var client = await host.CreateClientAs(Roles.Admin);
        (await client.DeleteAsync($"/api/users/{gone.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var overview = await host.Service<OverviewQueries>().ReadAsync(1, Stop);
        overview.OfPeopleWhoLeft.ShouldBe(2);
        overview.Todo.ToDictionary(row => row.Title, row => row.AssigneeHasLeft).ShouldBe(new Dictionary<string, bool> { ["En retard"] = true, ["Marie"] = false });

        var address = TicketListUrl.Parse("/tickets?view=all_open&assignee=left");
        address.Ignored.ShouldBeEmpty();
        TicketListUrl.Parse(TicketListUrl.Of(address.Filter)).Filter.Assignee.ShouldBe(AssigneeFilter.Left);
        var rows = (await host.Service<TicketQueries>().ListAsync(address.Filter, 1, Stop)).Rows;
        rows.Select(row => row.Id).ShouldBe([late.Id, started.Id], ignoreOrder: true);
        rows.ShouldAllBe(row => row.AssigneeHasLeft);
        (await host.Service<TicketQueries>().ListAsync(new TicketFilter { View = TicketView.AllOpen }, 1, Stop)).Rows.Count(row => row.AssigneeHasLeft).ShouldBe(2);
    }

    [Theory]
    [InlineData("/tickets")]
    [InlineData("/tickets/{0}")]
    [InlineData("/tickets/{0}/print")]
    [InlineData("/tickets/export.csv")]
    [InlineData("/board")]
    [InlineData("/calendar?mode=agenda")]
    [InlineData("/")]
    public async Task Every_screen_says_in_words_that_the_account_is_deactivated(string path)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, new FakeClock());
        var gone = await host.Given.User(name: "Paul Gagnon");
        var ticket = await host.Given.Ticket(assignedTo: gone.Id, scheduled: Now.AddHours(1));
        var address = path.Replace("{0}", ticket.TicketId, StringComparison.Ordinal);
        using var client = await host.CreateClientAs(Roles.Admin);
        (await Text(client, address)).ShouldNotContain("compte désactivé");
        (await client.DeleteAsync($"/api/users/{gone.Id}", Stop)).EnsureSuccessStatusCode();
        (await Text(client, address)).ShouldContain("compte désactivé");
    }

    private static async Task<string> Text(HttpClient client, string address) => WebUtility.HtmlDecode(await client.GetStringAsync(address, Stop));
}
