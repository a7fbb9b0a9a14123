using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MaintenanceApp.Tests.Tickets.Board;

public sealed class BoardPageTests
{
    [Fact]
    public async Task Six_columns_say_how_many_and_how_many_are_late()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.OverdueTicket(TimeSpan.FromHours(52), title: "Élément brûlé", ticketId: "IGP-FOUR-20251110-101");
        await screen.Given.Ticket(title: "Sans date");
        await screen.Given.Ticket(TicketStatus.InProgress, title: "En cours");
        await screen.Given.Ticket(TicketStatus.Archived);
        var page = Render(screen);

        page.FindAll(".colhead h2").Select(head => head.TextContent).ShouldBe(["Reçue", "Diagnostic", "En cours", "En attente de pièces", "Terminé"]);
        page.Find(".colhead.received .cnt").TextContent.ShouldStartWith("2");
        page.Find(".colhead.received .due.late").GetAttribute("href").ShouldBe("/tickets?view=overdue&status=received");
        page.FindAll(".cell.received .t").Select(title => title.TextContent).ShouldBe(["Élément brûlé", "Sans date"]);
        page.Find(".cell.received .id").TextContent.ShouldBe("20251110-101");
        Components.Screen.Plain(page.Find(".banner.late").TextContent).ShouldBe("En retard de 2 j 4 hPLANIFIÉ · Équipe · lun. 10 h 32");
        page.Find(".cell.archived .unfold").GetAttribute("href").ShouldBe("/board?archived=shown");
        page.Find(".lede").TextContent.ShouldContain("3 ouverts");
    }

    [Fact]
    public async Task The_menu_moves_a_card_and_the_toast_takes_it_back()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "Courroie");
        var page = Render(screen);

        await page.Find(".mv").ClickAsync();
        page.WaitForElement("dialog .target[data-target=received]").HasAttribute("disabled").ShouldBeTrue();
        page.FindAll("dialog .target").Count.ShouldBe(6);
        await page.Find("dialog .target[data-target=in_progress]").ClickAsync();
        page.WaitForAssertion(() => page.Find(".cell.progress .t").TextContent.ShouldBe("Courroie"));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.InProgress);

        var toast = screen.Service<ToastMessages>().Current!;
        toast.Sentence.ShouldBe("Déplacé de Reçue à En cours");
        await page.InvokeAsync(() => toast.Undo!());
        page.WaitForAssertion(() => page.Find(".cell.received .t").TextContent.ShouldBe("Courroie"));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Received);
    }

    [Fact]
    public async Task Keys_go_column_by_column_and_stop_at_the_ends()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Technician);
        var ticket = await screen.Given.Ticket();
        var page = Render(screen);

        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, null, -1));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Received);
        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, null, 1));
        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, null, 1));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.InProgress);
        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, "archived", 0));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Archived);
    }

    [Fact]
    public async Task A_card_somebody_moved_first_goes_where_they_put_it_and_the_reason_is_said()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "Courroie");
        var page = Render(screen);
        await MoveAsOther(screen, ticket, TicketStatus.WaitingParts);

        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, "in_progress", 0));

        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.WaitingParts);
        page.WaitForAssertion(() => page.Find(".cell.waiting .t").TextContent.ShouldBe("Courroie"));
        screen.Service<ToastMessages>().Current!.Sentence.ShouldBe("Déplacement refusé. Quelqu’un l’a déjà déplacé vers En attente de pièces.");
        page.FindAll(".cell.progress .card").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_of_something_else_does_not_stand_in_the_way()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var page = Render(screen);
        await screen.Service<AssignTicket>().ExecuteAsync(Given.Planner, ticket.Id, new AssignTicketRequest { AssignedTo = User.TeamId }, null, CancellationToken.None);
        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, "diagnostic", 0));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Diagnostic);
    }

    [Fact]
    public async Task An_undo_that_was_overtaken_changes_nothing()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var page = Render(screen);
        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, "diagnostic", 0));
        var undo = screen.Service<ToastMessages>().Current!.Undo!;
        await MoveAsOther(screen, ticket, TicketStatus.Archived);
        await page.InvokeAsync(() => undo());
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Archived);
        screen.Service<ToastMessages>().Current!.Sentence.ShouldContain("rien n’a été annulé");
    }

    [Theory]
    [InlineData("completed", "Solution", "Joint remplacé", "Solution : Joint remplacé")]
    [InlineData("waiting_parts", "Pièce attendue", "Roulement", "Pièce attendue : Roulement")]
    public async Task A_move_that_wants_a_line_is_done_first_and_asks_after(string to, string question, string words, string comment)
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket();
        var page = Render(screen);
        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, to, 0));
        page.Find(".note-bar label b").TextContent.ShouldBe(question);
        await page.Find("#board-note").InputAsync(words);
        await page.Find(".note-bar").SubmitAsync();

        page.FindAll(".note-bar").ShouldBeEmpty();
        var comments = await screen.Service<TicketQueries>().CommentsAsync(ticket.Id, CancellationToken.None);
        Components.Screen.Plain(comments.ShouldHaveSingleItem().Comment).ShouldBe(comment);
    }

    [Fact]
    public async Task A_ticket_is_opened_on_the_board_itself()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        var machine = await screen.Given.Machine();
        var page = Render(screen);
        await page.Find(".colhead.received .icon-btn").ClickAsync();
        await page.Find(".quick-form").SubmitAsync();
        page.FindAll(".quick-form .err").Count.ShouldBe(2);
        await page.Find("#quick-title").InputAsync("Convoyeur qui saute");
        await page.Find("#quick-machine").ChangeAsync(machine.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.Find(".quick-form").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".cell.received .t").TextContent.ShouldBe("Convoyeur qui saute"));
    }

    [Fact]
    public async Task Whoever_may_not_move_tickets_sees_why_and_no_handle()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Operator);
        var ticket = await screen.Given.Ticket();
        var page = Render(screen);
        page.FindAll(".mv").ShouldBeEmpty();
        page.Find(".board-page").GetAttribute("data-movable").ShouldBe("false");
        page.Find(".read-only").TextContent.ShouldContain("changer le statut des billets");

        await page.InvokeAsync(() => page.Instance.MoveCardAsync(ticket.Id, "diagnostic", 0));
        (await screen.ReadAsync(ticket)).Status.ShouldBe(TicketStatus.Received);
        screen.Service<ToastMessages>().Current!.Sentence.ShouldStartWith("Déplacement refusé.");
    }

    [Fact]
    public async Task What_others_do_waits_while_the_pointer_is_on_that_column()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket(title: "Première");
        var page = Render(screen);
        await page.Find(".cell.received").TriggerEventAsync("onpointerenter", new PointerEventArgs());
        var other = await screen.Given.Ticket(TicketStatus.Diagnostic, title: "Ailleurs");
        var here = await screen.Given.OverdueTicket(title: "Ici");
        screen.Service<LiveUpdates>().Publish(new TicketChanged(here.Id));

        page.WaitForAssertion(() => page.Find(".waiting-changes").TextContent.ShouldBe("1 changement · Afficher"));
        page.FindAll(".cell.received .t").Select(title => title.TextContent).ShouldBe(["Première"]);
        page.Find(".cell.diagnostic .t").TextContent.ShouldBe(other.Title, "only the column pointed at is held");
        page.Find(".colhead.received .cnt").TextContent.ShouldStartWith("2");

        await page.Find(".cell.received").TriggerEventAsync("onpointerleave", new PointerEventArgs());
        page.WaitForAssertion(() => page.FindAll(".cell.received .t").Select(title => title.TextContent).ShouldBe(["Ici", "Première"]));
        page.FindAll(".waiting-changes").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_moves_while_a_card_is_in_the_air()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "En l’air");
        var page = Render(screen);
        await page.InvokeAsync(() => page.Instance.FreezeAsync(isInTheAir: true));
        await MoveAsOther(screen, ticket, TicketStatus.Archived);
        await screen.Given.Ticket(TicketStatus.Diagnostic, title: "Autre");
        page.FindAll(".cell.received .card").Count.ShouldBe(1);

        await page.InvokeAsync(() => page.Instance.FreezeAsync(isInTheAir: false));
        screen.Service<LiveUpdates>().Publish(new TicketChanged(ticket.Id));
        page.WaitForAssertion(() => page.FindAll(".cell.received .card").ShouldBeEmpty());
    }

    [Fact]
    public async Task Lanes_are_in_the_address_and_named()
    {
        await using var screen = await TicketScreen.CreateAsync(language: "en-CA");
        await screen.Given.Ticket(priority: TicketPriority.Critical);
        await screen.Given.Ticket(assignedTo: User.TeamId);
        screen.Service<NavigationManager>().NavigateTo("/board?lanes=priority");
        var page = Render(screen);
        page.FindAll(".lane-name span").Select(name => name.TextContent).ShouldBe(["Critical", "Medium"]);
        screen.Service<NavigationManager>().NavigateTo("/board?lanes=assignee");
        page.WaitForAssertion(() => page.FindAll(".lane-name span").Select(name => name.TextContent).ShouldBe(["Team", "Unassigned"]));
    }

    [Fact]
    public async Task No_result_offers_to_clear_the_filters_and_keeps_the_lanes()
    {
        await using var screen = await TicketScreen.CreateAsync();
        screen.Service<NavigationManager>().NavigateTo("/board?priority=critical&lanes=priority");
        Render(screen).Find(".empty .btn").GetAttribute("href").ShouldBe("/board?lanes=priority");
    }

    [Theory]
    [InlineData("2025-11-17 09:00", "planned", "PLANIFIÉ · Martin T. · lun. 17 nov. 9 h · dans 4 j 18 h")]
    [InlineData("2025-11-14 09:00", "planned", "PLANIFIÉ · Martin T. · ven. 9 h · dans 1 j 18 h")]
    [InlineData("2025-11-12 20:00", "soon", "PLANIFIÉ · Martin T. · auj. 20 h · dans 5 h 28")]
    [InlineData("2025-11-12 16:00", "urgent", "PLANIFIÉ · Martin T. · auj. 16 h · dans 1 h 28")]
    public async Task A_planned_card_counts_down(string due, string look, string words)
    {
        await using var screen = await TicketScreen.CreateAsync();
        var martin = await screen.Given.User(name: "Martin Tremblay");
        await screen.Given.Ticket(assignedTo: martin.Id, scheduled: screen.Screen.At(due));
        var banner = Render(screen).Find(".card .banner");
        banner.ClassList.ShouldContain(look);
        Components.Screen.Plain(banner.TextContent).ShouldBe(words);
    }

    private static IRenderedComponent<BoardPage> Render(TicketScreen screen) => screen.Screen.Context.Render<BoardPage>();

    private static Task<bool> MoveAsOther(TicketScreen screen, Ticket ticket, TicketStatus to) =>
        screen.Service<ChangeTicketStatus>().ExecuteAsync(Given.Planner, ticket.Id, new ChangeTicketStatusRequest { Status = to }, null, CancellationToken.None);
}
