using AngleSharp.Dom;
using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TrashPageTests
{
    [Theory]
    [InlineData("2026-11-22 03:09", "2026-12-22")]
    [InlineData("2026-11-22 03:10", "2026-12-23")] // that night's purge is over
    [InlineData("2026-11-22 23:30", "2026-12-23")]
    [InlineData("2026-10-15 12:00", "2026-11-22")] // overdue: the next night
    public async Task A_ticket_goes_with_the_first_purge_after_its_time(string thrownAway, string goes)
    {
        await using var screen = new Screen(now: new DateTime(2026, 11, 21, 17, 0, 0, DateTimeKind.Utc));
        new TrashExpiry(Options.Create(new RetentionOptions()), screen.Service<MaintenanceApp.Hosting.SiteClock>()).DayOf(screen.At(thrownAway)).ShouldBe(goes);
    }

    [Fact]
    public async Task A_supervisor_sees_when_each_goes_and_restores_but_deletes_nothing()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "Élément brûlé", createdAt: screen.Screen.At("2025-11-10 09:00"), inTrash: true);
        var page = screen.Screen.Context.Render<TrashPage>();

        page.Find(".trashed .goes").TextContent.ShouldBe("sera supprimé le 2025-12-11");
        page.Find(".head").TextContent.ShouldContain("Après 30 jours");
        page.FindAll(".btn.danger").ShouldBeEmpty();
        await page.Find(".trashed button").ClickAsync();
        page.WaitForAssertion(() => page.Find(".empty").TextContent.ShouldContain("La corbeille est vide"));
        (await screen.ReadAsync(ticket)).Title.ShouldBe("Élément brûlé");
        screen.Service<ToastMessages>().Current!.Sentence.ShouldBe("Billet restauré");
    }

    [Fact]
    public async Task The_button_waits_for_the_number_and_then_the_ticket_is_gone()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Admin);
        var ticket = await FullTicket.CreateAsync(screen.Database, screen.Given, screen.Service<IFileStore>(), screen.Screen.Clock.Now.AddDays(-1));
        var page = screen.Screen.Context.Render<TrashPage>();
        await page.Find(".trashed .btn.danger").ClickAsync();

        page.FindAll(".what-goes li").Select(line => Screen.Plain(line.TextContent)).ShouldBe(["1 commentaire", "1 fichier (1 Ko)", "2 notifications"]);
        page.Find("dialog label").TextContent.ShouldEndWith(ticket.TicketId);
        IElement Submit() => page.Find("dialog button[type=submit]");
        Submit().TextContent.ShouldBe("Supprimer 1 billet pour de bon");
        Submit().HasAttribute("disabled").ShouldBeTrue();
        await page.Find("dialog input").InputAsync("IGP-ESSAI");
        Submit().HasAttribute("disabled").ShouldBeTrue();
        await page.Find("dialog form").SubmitAsync();
        (await CountAsync(screen)).ShouldBe(1, "Enter does not pass the question");
        await page.Find("dialog input").InputAsync($" {ticket.TicketId.ToLowerInvariant()} ");
        Submit().HasAttribute("disabled").ShouldBeFalse();
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => page.Find(".empty").TextContent.ShouldContain("La corbeille est vide"));
        (await CountAsync(screen)).ShouldBe(0);
        var toast = screen.Service<ToastMessages>().Current!;
        (toast.Sentence, toast.Undo).ShouldBe(($"Billet {ticket.TicketId} supprimé pour de bon", null));
        page.FindAll("dialog form").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ticket_restored_while_the_dialog_is_open_stays_and_the_screen_says_so()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Admin, "en-CA");
        var ticket = await screen.Given.Ticket(inTrash: true);
        var page = screen.Screen.Context.Render<TrashPage>();
        await page.Find(".trashed .btn.danger").ClickAsync();
        await page.Find("dialog input").InputAsync(ticket.TicketId);
        await screen.Service<TrashTicket>().RestoreAsync(screen.Actor, ticket.Id, CancellationToken.None);
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => screen.Service<ToastMessages>().Current!.Sentence.ShouldStartWith("This ticket is no longer in the trash"));
        (await CountAsync(screen)).ShouldBe(1);
    }

    [Fact]
    public async Task The_whole_trash_goes_when_its_number_is_typed()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Admin);
        await screen.Given.Ticket();
        await screen.Given.Ticket(inTrash: true);
        await screen.Given.Ticket(inTrash: true);
        var page = screen.Screen.Context.Render<TrashPage>();
        await page.FindAll(".btn.danger").Single(button => button.TextContent == "Vider la corbeille").ClickAsync();

        page.Find(".what-goes li").TextContent.ShouldBe("2 billets et leurs fils");
        await page.Find("dialog input").InputAsync("3");
        page.Find("dialog button[type=submit]").HasAttribute("disabled").ShouldBeTrue();
        await page.Find("dialog input").InputAsync("2");
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => page.Find(".empty").TextContent.ShouldContain("La corbeille est vide"));
        (await CountAsync(screen)).ShouldBe(1);
        screen.Service<ToastMessages>().Current!.Sentence.ShouldBe("2 billets supprimés pour de bon");
        await using var db = screen.Database.CreateDbContext();
        (await db.AdminNotices.SingleAsync(Xunit.TestContext.Current.CancellationToken)).Kind.ShouldBe(NoticeKind.TrashEmptied);
    }

    [Fact]
    public async Task A_long_trash_has_pages_and_a_search()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var machine = await screen.Given.Machine();
        foreach (var number in Enumerable.Range(1, TrashQueries.PageSize + 1))
        {
            await screen.Given.Ticket(title: number == 7 ? "Four brûlé" : $"Essai {number:00}", machine: machine, createdAt: screen.Screen.Clock.Now.AddMinutes(-number), inTrash: true);
        }

        var page = screen.Screen.Context.Render<TrashPage>();
        page.FindAll(".trashed li").Count.ShouldBe(TrashQueries.PageSize);
        page.Find(".pager a").GetAttribute("href").ShouldBe("/trash?page=2");
        screen.Service<NavigationManager>().NavigateTo("/trash?page=2");
        page.WaitForAssertion(() => page.FindAll(".trashed .t").Select(link => link.TextContent).ShouldBe(["Essai 51"]));

        await page.Find("input[type=search]").InputAsync("four brule");
        page.WaitForAssertion(() => page.FindAll(".trashed .t").Select(link => link.TextContent).ShouldBe(["Four brûlé"]));
        await page.Find("input[type=search]").InputAsync("introuvable");
        page.WaitForAssertion(() => page.Find(".empty").TextContent.ShouldContain("Rien dans la corbeille pour cette recherche"));
    }

    [Theory]
    [InlineData(Roles.Supervisor, 0)]
    [InlineData(Roles.Admin, 1)]
    public async Task The_page_of_a_ticket_in_the_trash_says_when_it_goes(string role, int erasers)
    {
        await using var screen = await TicketScreen.CreateAsync(role);
        var ticket = await screen.Given.Ticket(createdAt: screen.Screen.At("2025-11-10 09:00"), inTrash: true);
        var session = await screen.OpenAsync(ticket);
        var strips = screen.Screen.Context.Render<TicketStrips>(parameters => parameters.Add(strip => strip.Session, session));

        strips.Find(".strip").TextContent.ShouldContain("Il sera supprimé pour de bon le 2025-12-11.");
        strips.FindAll(".btn.danger").Count.ShouldBe(erasers);
    }

    private static async Task<int> CountAsync(TicketScreen screen)
    {
        await using var db = screen.Database.CreateDbContext();
        return await db.Tickets.CountAsync();
    }
}
