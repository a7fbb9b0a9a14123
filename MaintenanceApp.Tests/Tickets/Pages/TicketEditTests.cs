using Bunit;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TicketEditTests
{
    [Fact]
    public async Task A_title_is_edited_where_it_stands_and_a_tick_says_it_is_saved()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "Ancien titre");
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));

        await page.Find("button[aria-label='Modifier le titre']").ClickAsync();
        await page.Find("#edit-title").InputAsync("ab");
        await page.Find("form.inline-edit").SubmitAsync();
        page.Find("#edit-title").GetAttribute("aria-invalid").ShouldBe("true");
        await page.Find("#edit-title").InputAsync("Nouveau titre");
        await page.Find("form.inline-edit").SubmitAsync();
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("Nouveau titre"));
        page.Find(".title-line .saved").TextContent.ShouldBe("Enregistré");
        (await screen.ReadAsync(ticket)).Title.ShouldBe("Nouveau titre");

        await page.Find("button[aria-label='Modifier le titre']").ClickAsync();
        await page.Find("#edit-title").InputAsync("Autre chose");
        await page.Find("form.inline-edit").KeyDownAsync("Escape");
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("Nouveau titre"));
    }

    [Fact]
    public async Task A_conflict_shows_both_texts_where_mine_is_typed()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(description: "Bruit au démarrage.");
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));
        await page.Find("button[aria-label='Modifier la description']").ClickAsync();

        // Whoever begins to type is announced, and the page draws itself again: found and typed into in one turn.
        await page.InvokeAsync(() => page.Find("#edit-description").InputAsync("La mienne"));
        var theirs = screen.Service<TicketSession>();
        await theirs.OpenAsync(ticket.TicketId, new Actor(77, "Sophie Gagnon", Roles.Supervisor), CancellationToken.None);
        await theirs.DescribeAsync(theirs.Detail!, "La leur");

        await page.Find("form.inline-edit").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".versions blockquote").TextContent.ShouldBe("La leur"));
        page.Find("#edit-description").GetAttribute("value").ShouldBe("La mienne");
        await page.FindAll("button").Single(button => button.TextContent == "Garder le leur").ClickAsync();
        page.WaitForAssertion(() => page.Find(".desc").TextContent.ShouldBe("La leur"));
        (await screen.ReadAsync(ticket)).Description.ShouldBe("La leur");
    }

    [Theory]
    [InlineData(96, "far", "calendar-event")]
    [InlineData(48, "near", "calendar-event")]
    [InlineData(12, "day", "clock")]
    [InlineData(1, "close", "alarm")]
    public async Task A_planned_ticket_counts_down_in_four_steps(int hours, string level, string icon)
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(assignedTo: User.TeamId, scheduled: screen.Screen.Clock.Now.AddHours(hours));
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));
        var strip = page.Find(".strip.countdown");
        strip.ClassList.ShouldContain(level);
        strip.TextContent.ShouldContain("PLANIFIÉ");
        strip.QuerySelector("use")!.GetAttribute("href").ShouldEndWith("#" + icon);
    }

    [Fact]
    public async Task Without_a_date_it_is_assigned_and_other_open_tickets_of_the_machine_are_named()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var machine = await screen.Given.Machine();
        var other = await screen.Given.Ticket(title: "Autre panne", machine: machine);
        await screen.Given.Ticket(TicketStatus.Completed, title: "Finie", machine: machine);
        var ticket = await screen.Given.Ticket(assignedTo: User.TeamId, machine: machine);
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));

        Screen.Plain(page.Find(".strip.countdown strong").TextContent).ShouldContain("ASSIGNÉ · Équipe");
        page.WaitForAssertion(() => page.Find(".related a").GetAttribute("href").ShouldBe($"/tickets/{other.TicketId}"));
        page.FindAll(".related li").Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_work_sheet_says_what_where_and_until_when_and_leads_back_by_its_code()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.OverdueTicket(title: "Élément brûlé");
        var sheet = screen.Screen.Context.Render<TicketPrintPage>(set => set.Add(it => it.TicketId, ticket.TicketId));
        sheet.Find("h1").TextContent.ShouldBe("Élément brûlé");
        sheet.Find(".qr").GetAttribute("role").ShouldBe("img");
        sheet.Find(".qr path").GetAttribute("d")!.Length.ShouldBeGreaterThan(1000);
        sheet.FindAll(".facts dd")[1].TextContent.ShouldBe("Équipe");
    }
}
