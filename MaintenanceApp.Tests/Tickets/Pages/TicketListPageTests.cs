using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TicketListPageTests
{
    [Fact]
    public async Task A_selection_is_changed_at_once_summed_up_and_taken_back()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var (one, two) = (await screen.Given.Ticket(title: "Un"), await screen.Given.Ticket(TicketStatus.Diagnostic, title: "Deux"));
        var (page, _) = Open(screen, "/tickets");
        await page.Find("thead .check").ClickAsync();
        page.Find(".bulk b").TextContent.ShouldBe("2 sélectionnés");

        var asked = page.FindAll(".bulk .btn").First(button => button.TextContent == "Statut").ClickAsync();
        await page.WaitForElement(".ask [data-row=diagnostic]").ClickAsync();
        await asked;
        var toasts = screen.Service<ToastMessages>();
        page.WaitForAssertion(() => toasts.Current.ShouldNotBeNull().Sentence.ShouldBe("1 modifié, 1 ignoré (1 déjà ainsi)"));
        (await screen.ReadAsync(one)).Status.ShouldBe(TicketStatus.Diagnostic);
        page.FindAll(".bulk").ShouldBeEmpty();

        await page.InvokeAsync(toasts.Current!.Undo!);
        (await screen.ReadAsync(one)).Status.ShouldBe(TicketStatus.Received);
        (await screen.ReadAsync(two)).Status.ShouldBe(TicketStatus.Diagnostic);
        page.WaitForAssertion(() => page.FindAll(".c-status").Count(cell => cell.TextContent == "Reçue").ShouldBe(1));
    }

    [Fact]
    public async Task Everything_the_filter_finds_can_be_chosen_over_the_pages()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var machine = await screen.Given.Machine();
        for (var number = 0; number < 27; number++)
        {
            await screen.Given.Ticket(title: $"Billet {number}", machine: machine);
        }

        var (page, navigation) = Open(screen, "/tickets?size=25");
        await page.Find("tbody .check").ClickAsync();
        navigation.NavigateTo("/tickets?size=25&page=2");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
        await page.Find("tbody .check").ClickAsync();
        page.Find(".bulk b").TextContent.ShouldBe("2 sélectionnés");

        await page.Find(".bulk .link").ClickAsync();
        page.Find(".bulk b").TextContent.ShouldBe("27 sélectionnés");
        await page.FindAll(".bulk .btn").First(button => button.TextContent == "Archiver").ClickAsync();
        page.WaitForAssertion(() => screen.Service<ToastMessages>().Current.ShouldNotBeNull().Sentence.ShouldBe("27 modifiés"));
        page.WaitForAssertion(() => page.FindAll("tbody tr").ShouldBeEmpty());
        navigation.NavigateTo("/tickets?view=overdue");
        page.WaitForAssertion(() => page.FindAll(".bulk").ShouldBeEmpty());
    }

    [Fact]
    public async Task What_others_do_changes_rows_where_they_stand_and_new_ones_wait()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "Premier");
        var (page, _) = Open(screen, "/tickets");
        await screen.Given.OverdueTicket(title: "Urgent");
        await screen.Service<ChangeTickets>().ExecuteAsync(screen.Actor, [new WantedChange(ticket.Id, new StatusChange(TicketStatus.InProgress))], CancellationToken.None);

        page.WaitForAssertion(() => page.Find(".news").TextContent.ShouldStartWith("1 nouveau"));
        page.Find("tbody .t").TextContent.ShouldBe("Premier");
        page.Find("tbody .c-status").TextContent.ShouldBe("En cours");
        await page.Find(".news button").ClickAsync();
        page.WaitForAssertion(() => page.FindAll("tbody .t").Select(link => link.TextContent).ShouldBe(["Urgent", "Premier"]));
        page.FindAll(".news").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_view_is_saved_shows_what_differs_and_goes_back()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket(title: "Critique", priority: TicketPriority.Critical);
        await screen.Given.Ticket(title: "Faible", priority: TicketPriority.Low);
        var (page, navigation) = Open(screen, "/tickets?priority=critical");
        await page.FindAll(".view-tools button").ShouldHaveSingleItem().ClickAsync();
        await page.Find("#view-name").InputAsync("Les graves");
        await page.Find(".ask form").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".views [aria-current]").TextContent.ShouldBe("Les graves1"));
        navigation.ToBaseRelativePath(navigation.Uri).ShouldStartWith("tickets?priority=critical&saved=");
        page.FindAll(".views .modified").ShouldBeEmpty();

        navigation.NavigateTo(navigation.Uri.Replace("critical", "low", StringComparison.Ordinal));
        page.WaitForAssertion(() => page.FindAll(".views .modified").Count.ShouldBe(1));
        page.FindAll(".view-tools a").ShouldHaveSingleItem().GetAttribute("href")!.ShouldStartWith("/tickets?priority=critical&saved=");
        await page.FindAll(".view-tools button").First(button => button.TextContent == "Enregistrer").ClickAsync();
        page.WaitForAssertion(() => page.FindAll(".views .modified").ShouldBeEmpty());

        await page.FindAll(".view-tools button").First(button => button.TextContent == "Supprimer la vue").ClickAsync();
        page.WaitForAssertion(() => page.FindAll(".views .saved").ShouldBeEmpty());
        await page.InvokeAsync(screen.Service<ToastMessages>().Current!.Undo!);
        page.WaitForAssertion(() => page.Find(".views .saved").TextContent.ShouldBe("Les graves1"));
    }

    [Fact]
    public async Task Heads_sort_by_one_column_or_with_shift_by_several()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket();
        var (page, navigation) = Open(screen, "/tickets");
        await Head("Statut").ClickAsync();
        navigation.Uri.ShouldEndWith("/tickets?sort=status");
        page.WaitForAssertion(() => page.Find("th[aria-sort]").TextContent.ShouldBe("Statut"));
        await Head("Priorité").ClickAsync(new MouseEventArgs { ShiftKey = true });
        navigation.Uri.ShouldEndWith("/tickets?sort=status,-priority");
        page.WaitForAssertion(() => page.FindAll("thead small").Select(number => number.TextContent).ShouldBe(["2", "1"]));
        await Head("Statut").ClickAsync(new MouseEventArgs { ShiftKey = true });
        navigation.Uri.ShouldEndWith("/tickets?sort=-status,-priority");

        AngleSharp.Dom.IElement Head(string name) => page.FindAll("thead button").First(button => button.TextContent.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Columns_and_density_are_remembered_and_sends_are_counted()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.OverdueTicket();
        await screen.Given.Notification(ticket);
        var (page, _) = Open(screen, "/tickets");
        page.Find(".sent").TextContent.ShouldStartWith("1");
        await page.FindAll(".menu-check").First(label => label.TextContent == "Envois").QuerySelector("input")!.ChangeAsync(false);
        await page.FindAll(".menu-check").First(label => label.TextContent == "Compacte").QuerySelector("input")!.ChangeAsync("on");
        page.WaitForAssertion(() => page.FindAll(".sent").ShouldBeEmpty());

        var again = screen.Screen.Context.Render<TicketsPage>();
        again.FindAll(".sent").ShouldBeEmpty();
        again.Find(".list").GetAttribute("data-density").ShouldBe("compact");
    }

    [Fact]
    public async Task The_panel_shows_the_ticket_of_the_address_and_acts_on_it()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.OverdueTicket(title: "Thermocouple instable");
        var (page, _) = Open(screen, "/tickets?open=" + ticket.TicketId);
        page.WaitForElement(".panel h2").TextContent.ShouldBe("Thermocouple instable");
        page.Find("tbody tr").ClassList.ShouldContain("open");
        await page.Find(".panel .strip.late .btn.primary").ClickAsync();
        page.WaitForAssertion(() => page.Find(".panel .status").TextContent.ShouldBe("En cours"));
        await page.Find(".panel-composer .input").InputAsync("Pièce commandée");
        await page.Find(".panel-composer").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".panel blockquote").TextContent.ShouldBe("Pièce commandée"));
        page.Find(".panel [data-key=Escape]").GetAttribute("href").ShouldBe("/tickets?view=all_open");
    }

    [Theory]
    [InlineData(Roles.Viewer, 1)]
    [InlineData(Roles.Technician, 3)]
    [InlineData(Roles.Supervisor, 5)]
    public async Task A_row_offers_what_the_role_may_do(string role, int actions)
    {
        await using var screen = await TicketScreen.CreateAsync(role);
        await screen.Given.Ticket();
        var (page, _) = Open(screen, "/tickets");
        page.FindAll("tbody .row-act > *").Count.ShouldBe(actions);
    }

    private static (IRenderedComponent<TicketsPage> Page, NavigationManager Navigation) Open(TicketScreen screen, string address)
    {
        var navigation = screen.Service<NavigationManager>();
        navigation.NavigateTo(address);
        return (screen.Screen.Context.Render<TicketsPage>(), navigation);
    }
}
