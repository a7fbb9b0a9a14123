using Bunit;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TicketPagesTests
{
    [Fact]
    public async Task The_list_shows_the_rows_its_address_asks_for_and_counts_the_same()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var four = await screen.Given.Machine("Four", "Four de trempe");
        await screen.Given.OverdueTicket(title: "Élément brûlé", machine: four, ticketId: "IGP-FOUR-FOUR DE TREMPE-20261110-101");
        await screen.Given.Ticket(title: "Sans date", assignedTo: User.TeamId);
        await screen.Given.Ticket(TicketStatus.Completed, title: "Terminé");
        screen.Service<NavigationManager>().NavigateTo("/tickets?view=overdue&status=bogus");

        var page = screen.Screen.Context.Render<TicketsPage>();
        var row = page.Find("tbody tr");
        page.FindAll("tbody tr").Count.ShouldBe(1);
        row.QuerySelector(".t")!.GetAttribute("href").ShouldBe("/tickets/IGP-FOUR-FOUR%20DE%20TREMPE-20261110-101?from=%2Ftickets%3Fview%3Doverdue");
        row.QuerySelector(".meta")!.TextContent.ShouldContain("Four de trempe");
        Screen.Plain(row.QuerySelector(".c-due")!.TextContent).ShouldContain("En retard de 1 h");
        row.QuerySelector(".due-note")!.TextContent.ShouldStartWith("PLANIFIÉ");
        page.Find(".views [aria-current]").TextContent.ShouldBe("En retard1");
        page.FindAll(".views a").Select(tab => tab.QuerySelector(".c")!.TextContent).ShouldBe(["2", "1", "1", "0", "0", "0", "0", "1", "3"]);
        page.Find(".strip.info").TextContent.ShouldContain("status=bogus");
    }

    [Fact]
    public async Task Choosing_a_filter_goes_into_the_address_and_back_brings_the_rows_back()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket(title: "Assigné", assignedTo: User.TeamId);
        await screen.Given.Ticket(title: "À personne");
        var navigation = screen.Service<NavigationManager>();
        navigation.NavigateTo("/tickets");
        var page = screen.Screen.Context.Render<TicketsPage>();

        await page.Find("select[aria-label='Assigné']").ChangeAsync("none");
        navigation.ToBaseRelativePath(navigation.Uri).ShouldBe("tickets?assignee=none");
        page.WaitForAssertion(() => page.Find("tbody .t").TextContent.ShouldBe("À personne"));
        page.FindAll("tbody tr").Count.ShouldBe(1);

        navigation.NavigateTo("/tickets");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
    }

    [Fact]
    public async Task No_result_offers_to_clear_and_an_empty_view_says_so()
    {
        await using var screen = await TicketScreen.CreateAsync();
        screen.Service<NavigationManager>().NavigateTo("/tickets?view=overdue");
        screen.Screen.Context.Render<TicketsPage>().Find(".empty").TextContent.ShouldContain("Aucun billet en retard");
        screen.Service<NavigationManager>().NavigateTo("/tickets?view=overdue&q=xyz");
        screen.Screen.Context.Render<TicketsPage>().Find(".empty a").GetAttribute("href").ShouldBe("/tickets?view=overdue");
    }

    [Fact]
    public async Task A_ticket_shows_names_in_its_thread_and_why_it_notifies()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.OverdueTicket();
        var send = await screen.Given.Notification(ticket, createdAt: screen.Screen.Clock.Now.AddHours(-2));
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));

        page.FindAll(".timeline .what").Select(entry => entry.TextContent).ShouldContain(text => text.Contains("a assigné le billet à Équipe"));
        page.Find($".timeline a[href='/notifications/{send.Id}']").TextContent.ShouldBe("Notification livrée");
        page.Find(".notif .verdict").TextContent.ShouldContain("La notification est envoyée.");
        page.Find(".rules .no").TextContent.ShouldContain("Rien d’accepté depuis");
        page.FindAll(".rules .no").Count.ShouldBe(1);
        await page.FindAll(".tl-tabs button")[(int)ThreadPart.Notifications].ClickAsync();
        page.FindAll(".timeline li").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Roles.Supervisor, true, true, true)]
    [InlineData(Roles.Technician, true, false, true)]
    [InlineData(Roles.Operator, false, false, true)]
    [InlineData(Roles.Viewer, false, false, false)]
    public async Task Controls_are_there_for_whom_may_use_them(string role, bool works, bool plans, bool comments)
    {
        await using var screen = await TicketScreen.CreateAsync(role);
        var ticket = await screen.Given.OverdueTicket();
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));

        page.FindAll("#ticket-status").Count.ShouldBe(works ? 1 : 0);
        page.FindAll("#due-day").Count.ShouldBe(plans ? 1 : 0);
        page.Find("#assignee").HasAttribute("disabled").ShouldBe(!plans);
        page.FindAll("#comment").Count.ShouldBe(comments ? 1 : 0);
        page.Markup.Contains("Il vous manque la permission").ShouldBe(!plans || !comments);
    }

    [Fact]
    public async Task Changing_the_status_on_the_page_moves_the_ticket()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.OverdueTicket();
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, ticket.TicketId));
        await page.Find(".strip.late .btn.primary").ClickAsync();
        page.WaitForAssertion(() => page.Find(".marks .status").TextContent.ShouldBe("En cours"));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.InProgress);
    }

    [Fact]
    public async Task An_unknown_number_offers_a_search()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var page = screen.Screen.Context.Render<TicketPage>(set => set.Add(it => it.TicketId, "IGP-DÉCOUPE X"));
        page.Find("h1").TextContent.ShouldBe("Billet introuvable");
        page.Find("input[type=search]").GetAttribute("value").ShouldBe("IGP-DÉCOUPE X");
    }

    [Fact]
    public async Task A_new_ticket_says_what_is_missing_then_is_created_once()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        var machine = await screen.Given.Machine();
        var page = screen.Screen.Context.Render<NewTicketPage>();
        page.FindAll("#day").ShouldBeEmpty("an operator does not plan");
        await page.Find("form.new").SubmitAsync();
        page.FindAll("[aria-invalid=true]").Count.ShouldBe(2);

        await page.Find("#title").InputAsync("Convoyeur qui saute");
        await page.Find("input[name=machine]").ChangeAsync(true);
        await page.Find("#description").InputAsync("Saute à la sortie depuis ce matin.");
        page.FindAll("[aria-invalid=true]").ShouldBeEmpty();
        await page.Find("form.new").SubmitAsync();
        var created = (await screen.Service<TicketQueries>().ListAsync(new TicketFilter(), screen.User.Id, CancellationToken.None)).Rows.ShouldHaveSingleItem();
        (created.Title, created.MachineId, created.ReporterName, created.Priority).ShouldBe(("Convoyeur qui saute", machine.Id, "Anne Roy", TicketPriority.Medium));
        screen.Service<MaintenanceApp.Components.ToastMessages>().Current!.Href.ShouldBe($"/tickets/{created.TicketId}");
    }

    [Fact]
    public async Task A_draft_is_restored_and_nonsense_in_it_is_left_out()
    {
        var form = new NewTicketForm();
        form.Restore(new Dictionary<string, string>
        {
            ["title"] = "Fuite",
            ["priority"] = "urgent",
            ["machine"] = "x",
            ["assignee"] = "0",
            ["day"] = "2026-11-22",
            ["other"] = "1",
        });
        (form.Title, form.Priority, form.MachineId, form.Assignee, form.Date.Day).ShouldBe(("Fuite", TicketPriority.Medium, null, 0, "2026-11-22"));
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("Changement de statut", "received", "diagnostic", "Martin a changé le statut de Reçue à Diagnostic")]
    [InlineData("Ticket créé", null, "received", "Martin a signalé le problème")]
    [InlineData("Pièce commandée", null, null, "Martin Pièce commandée")]
    public async Task Entries_of_the_old_system_are_understood(string action, string? from, string? to, string sentence)
    {
        await using var screen = new Screen();
        static TicketStatus? Status(string? word) => Snake.TryParse<TicketStatus>(word, out var status) ? status : null;
        var entry = new TimelineRow(1, screen.Clock.Now, 2, "Martin", action, Status(from), Status(to), null, null, null, null, "Avec note");
        var shown = screen.Context.Render<TimelineSentence>(set => set.Add(it => it.Entry, entry));
        var text = string.Join(' ', Screen.Plain(shown.Find("blockquote").ParentElement!.TextContent).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        text.ShouldBe($"{sentence}Avec note");
    }
}
