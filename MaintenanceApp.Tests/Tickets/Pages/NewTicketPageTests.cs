using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class NewTicketPageTests
{
    [Fact]
    public async Task Three_answers_are_enough_and_the_toast_opens_it_or_takes_it_back()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        await screen.Given.Machine();
        screen.Service<NavigationManager>().NavigateTo("/tickets/new?from=/machines/1");
        var page = screen.Screen.Context.Render<NewTicketPage>();
        await page.Find("#title").InputAsync("Convoyeur qui saute");
        await page.Find("input[name=machine]").ChangeAsync(true);
        await page.Find("form.new").SubmitAsync();

        var created = (await screen.Service<TicketQueries>().ListAsync(new TicketFilter(), screen.User.Id, CancellationToken.None)).Rows.ShouldHaveSingleItem();
        (created.Description, created.Priority).ShouldBe(("Convoyeur qui saute", TicketPriority.Medium));
        new Uri(screen.Service<NavigationManager>().Uri).AbsolutePath.ShouldBe("/machines/1");
        var toast = screen.Service<ToastMessages>().Current.ShouldNotBeNull();
        toast.Href.ShouldBe($"/tickets/{created.TicketId}");
        await toast.Undo!();
        (await screen.Service<TicketQueries>().FindAsync(created.Id, CancellationToken.None))!.DeletedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Sending_the_same_form_again_opens_no_second_ticket()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        await screen.Given.Machine();
        var form = new NewTicketForm { Title = "Fuite d’huile", MachineId = 1 };
        var again = new NewTicketForm();
        again.Restore(new Dictionary<string, string> { ["title"] = form.Title, ["machine"] = "1", ["key"] = form.CreationKey });
        var (clock, dates) = (screen.Service<MaintenanceApp.Hosting.SiteClock>(), screen.Service<TicketDates>());

        var first = await screen.Service<CreateTicket>().ExecuteAsync(screen.Actor, form.Request(clock, dates), CancellationToken.None);
        (await screen.Service<CreateTicket>().ExecuteAsync(screen.Actor, again.Request(clock, dates), CancellationToken.None)).ShouldBe(first);
        again.Restore(new Dictionary<string, string> { ["key"] = "<script>" });
        again.CreationKey.ShouldBe(form.CreationKey);
    }

    [Fact]
    public async Task An_open_ticket_that_says_the_same_is_offered_while_one_types()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        var machine = await screen.Given.Machine();
        var same = await screen.Given.Ticket(title: "Convoyeur de sortie qui saute", machine: machine);
        screen.Service<NavigationManager>().NavigateTo($"/tickets/new?machine={machine.Id}&priority=critical");
        var page = screen.Screen.Context.Render<NewTicketPage>();
        page.Find("input[name=priority][value=critical]").HasAttribute("checked").ShouldBeTrue();
        page.FindAll(".dup").ShouldBeEmpty();

        await page.Find("#title").InputAsync("Le convoyeur saute");
        page.WaitForAssertion(() => page.Find(".dup a").GetAttribute("href").ShouldBe($"/tickets/{same.TicketId}"));
        await page.Find(".dup button").ClickAsync();
        new Uri(screen.Service<NavigationManager>().Uri).PathAndQuery.ShouldBe($"/tickets/{same.TicketId}");
    }

    [Fact]
    public async Task With_many_machines_a_search_finds_the_one()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        foreach (var number in Enumerable.Range(1, 14))
        {
            await screen.Given.Machine("Four", $"Modèle {number:00}");
        }

        var page = screen.Screen.Context.Render<NewTicketPage>();
        page.FindAll("input[name=machine]").Count.ShouldBe(12);
        await page.Find("input[type=search]").InputAsync("modele 14");
        page.FindAll("input[name=machine]").Count.ShouldBe(1);
        await page.Find("input[type=search]").InputAsync("xyz");
        page.Find(".machines + p").TextContent.ShouldContain("xyz");
    }
}
