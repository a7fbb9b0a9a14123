using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets;

public sealed class TicketWalkTests
{
    [Fact]
    public async Task The_rows_before_and_after_are_those_of_the_list_in_its_order()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var now = screen.Screen.Clock.Now;
        var late = await screen.Given.Ticket(ticketId: "LATE", scheduled: now.AddDays(-2));
        var soon = await screen.Given.Ticket(ticketId: "SOON", scheduled: now.AddDays(1));
        await screen.Given.Ticket(ticketId: "LATER", scheduled: now.AddDays(2));
        await screen.Given.Ticket(TicketStatus.Completed, ticketId: "DONE");
        var filter = TicketOrigin.List("/tickets?size=25").ShouldNotBeNull().Filter;

        var walk = await screen.Service<TicketWalkQueries>().AroundAsync(filter, screen.User.Id, CancellationToken.None);
        walk.At(soon.TicketId).ShouldBe(new TicketStep(2, 3, late.TicketId, "LATER"));
        walk.At(late.TicketId).ShouldBe(new TicketStep(1, 3, null, soon.TicketId));
        walk.At("DONE").ShouldBeNull();

        var beyond = await screen.Service<TicketWalkQueries>().AroundAsync(filter with { Page = 40_000 }, screen.User.Id, CancellationToken.None);
        beyond.Total.ShouldBe(3);
    }

    [Theory]
    [InlineData("/tickets?view=overdue", true)]
    [InlineData("/board?lane=machine", true)]
    [InlineData("https://ailleurs.example/tickets", false)]
    [InlineData("//ailleurs.example", false)]
    [InlineData("/\\ailleurs.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_addresses_of_this_site_lead_back(string? from, bool isBelieved) => TicketOrigin.LocalOrNull(from).ShouldBe(isBelieved ? from : null);

    [Fact]
    public async Task Others_see_who_types_until_they_stop()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var mine = await screen.OpenAsync(ticket);
        var theirs = screen.Service<TicketSession>();
        await theirs.OpenAsync(ticket.TicketId, new Actor(77, "Sophie Roy", Roles.Technician), CancellationToken.None);

        theirs.StartTyping(this);
        mine.OthersTyping.ShouldBe(["Sophie Roy"]);
        theirs.OthersTyping.ShouldBeEmpty();
        theirs.Close();
        mine.OthersTyping.ShouldBeEmpty();
    }
}
