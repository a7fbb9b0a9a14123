using Bunit;
using Bunit.TestDoubles;
using MaintenanceApp.Components;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Tickets.DefaultViews;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tests.Tickets.Pages;

/// <summary>The views over the list and the board, and the one that the list opens with.</summary>
public sealed class PersonViewsTests
{
    [Fact]
    public async Task The_list_opens_with_the_chosen_view_unless_the_address_says_something()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.OverdueTicket(title: "En retard");
        await screen.Given.Ticket(title: "Sans date");
        var navigation = (BunitNavigationManager)screen.Service<NavigationManager>();
        navigation.NavigateTo("/tickets?view=overdue");
        var page = screen.Screen.Context.Render<TicketsPage>();

        Components.Screen.Plain(page.Find(".view-menu .menu-check").TextContent).ShouldBe("Ouvrir la liste avec « En retard »");
        await page.Find(".view-menu input").ChangeAsync(true);
        page.WaitForAssertion(() => page.Find(".views a:has(.opens)").GetAttribute("href").ShouldBe("/tickets?view=overdue"));
        page.Find(".views .opens .sr").TextContent.Trim().ShouldBe("La liste s’ouvre avec cette vue.");

        navigation.NavigateTo("/tickets");
        navigation.Uri.ShouldEndWith("/tickets?view=overdue");
        navigation.History.First().Options.ReplaceHistoryEntry.ShouldBeTrue("« Back » does not meet the bare address again");
        navigation.NavigateTo("/tickets?view=all_open");
        navigation.Uri.ShouldEndWith("/tickets?view=all_open");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
        page.Find(".views a[aria-current]").GetAttribute("href").ShouldBe("/tickets?view=all_open", "the tab of the open tickets does not lead to the default");

        navigation.NavigateTo("/tickets");
        var again = screen.Screen.Context.Render<TicketsPage>();
        navigation.Uri.ShouldEndWith("/tickets?view=overdue");
        again.FindAll("tbody tr").Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_choice_is_taken_back_with_one_click_and_names_the_role_s_default()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var admin = screen.Actor with { Role = Roles.Admin };
        await screen.Service<SetRoleView>().ExecuteAsync(admin, Roles.Supervisor, DefaultView.Of(TicketView.Critical), CancellationToken.None);
        screen.Service<NavigationManager>().NavigateTo("/tickets?view=mine");
        var page = screen.Screen.Context.Render<TicketsPage>();
        Components.Screen.Plain(page.Find("#opens-with").TextContent).ShouldBe("Maintenant, sans filtre dans l’adresse : « Critiques », le choix pour votre rôle.");

        await page.Find(".view-menu input").ChangeAsync(true);
        page.WaitForAssertion(() => Components.Screen.Plain(page.Find("#opens-with").TextContent).ShouldEndWith("« Mes billets », votre choix."));
        var toast = screen.Service<ToastMessages>().Current!;
        Components.Screen.Plain(toast.Sentence).ShouldBe("La liste s’ouvrira avec « Mes billets »");

        await page.InvokeAsync(toast.Undo!);
        page.WaitForAssertion(() => page.Find(".views a:has(.opens)").GetAttribute("href").ShouldBe("/tickets?view=critical"));
        page.Find(".view-menu input").HasAttribute("checked").ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_default_falls_back_and_its_undo_makes_it_the_default_again()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var id = await screen.Service<CreateSavedView>().ExecuteAsync(screen.Actor, new SavedViewRequest { Name = "Four", Query = "priority=high" }, CancellationToken.None);
        await screen.Service<ChooseDefaultView>().ExecuteAsync(screen.Actor, DefaultView.OfSaved(id), CancellationToken.None);
        var navigation = screen.Service<NavigationManager>();
        navigation.NavigateTo("/tickets");
        var page = screen.Screen.Context.Render<TicketsPage>();
        navigation.Uri.ShouldEndWith($"/tickets?priority=high&saved={id}");

        await page.FindAll(".view-tools .btn").First(button => button.TextContent == "Supprimer la vue").ClickAsync();
        page.WaitForAssertion(() => page.FindAll(".views .opens").ShouldBeEmpty());
        navigation.NavigateTo("/tickets");
        navigation.Uri.ShouldEndWith("/tickets");

        await page.InvokeAsync(screen.Service<ToastMessages>().Current!.Undo!);
        page.WaitForAssertion(() => page.Find(".views a:has(.opens)").TextContent.ShouldContain("Four"));
    }

    [Fact]
    public async Task The_board_has_the_same_views_and_keeps_its_lanes_and_the_saved_view()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.OverdueTicket(title: "En retard");
        await screen.Given.Ticket(TicketStatus.InProgress, title: "Sans date");
        var id = await screen.Service<CreateSavedView>().ExecuteAsync(screen.Actor, new SavedViewRequest { Name = "Urgents", Query = "priority=high&cols=status" }, CancellationToken.None);
        var navigation = screen.Service<NavigationManager>();
        navigation.NavigateTo("/board?lanes=priority");
        var page = screen.Screen.Context.Render<BoardPage>();

        page.FindAll(".views a").Count.ShouldBe(10);
        var overdue = page.FindAll(".views a").First(tab => tab.TextContent.StartsWith("En retard", StringComparison.Ordinal));
        overdue.GetAttribute("href").ShouldBe("/board?view=overdue&lanes=priority");
        overdue.TextContent.ShouldEndWith("1");
        page.Find(".views .saved").GetAttribute("href").ShouldBe($"/board?priority=high&cols=status&saved={id}&lanes=priority");
        page.Find(".views a[aria-current]").GetAttribute("href").ShouldBe("/board?lanes=priority");

        navigation.NavigateTo("/board?view=overdue&lanes=priority");
        page.WaitForAssertion(() => page.FindAll(".card .t").Select(title => title.TextContent).ShouldBe(["En retard"]));
        navigation.NavigateTo($"/board?priority=high&cols=status&saved={id}&machine=1&lanes=priority");
        page.WaitForAssertion(() => page.Find(".views .saved .modified").ShouldNotBeNull());
        page.FindAll(".view-tools .btn").Select(button => Components.Screen.Plain(button.TextContent)).ShouldContain("Enregistrer");
        page.Find(".view-tools a").GetAttribute("href").ShouldBe($"/board?priority=high&cols=status&saved={id}&lanes=priority");
        page.FindAll(".layout-switch a")[0].GetAttribute("href").ShouldBe($"/tickets?priority=high&machine=1&cols=status&saved={id}");
    }

    [Fact]
    public async Task An_administrator_sets_the_view_of_a_role_with_a_way_back()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Admin);
        var page = screen.Screen.Context.Render<RoleViews>();
        page.FindAll("select").Count.ShouldBe(Roles.All.Count);
        await page.Find("#role-view-technician").ChangeAsync("mine");
        page.WaitForAssertion(() => page.Find("#role-view-technician option[value=mine]").HasAttribute("selected").ShouldBeTrue());
        var technician = new Actor(99, "Marc", Roles.Technician);
        (await screen.Service<DefaultViewQueries>().FindAsync(technician, CancellationToken.None)).OfRole.ShouldBe(DefaultView.Of(TicketView.Mine));

        var toast = screen.Service<ToastMessages>().Current!;
        Components.Screen.Plain(toast.Sentence).ShouldBe("Vue à l’ouverture enregistrée : Technicien");
        await page.InvokeAsync(toast.Undo!);
        (await screen.Service<DefaultViewQueries>().FindAsync(technician, CancellationToken.None)).OfRole.ShouldBeNull();
    }
}
