using AngleSharp.Dom;
using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Pages;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Calendar;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Tests.Tickets.Calendar;

/// <summary>Wednesday 12 November 2025, 14 h 32 in Toronto.</summary>
public sealed class CalendarPageTests
{
    /// <summary>A busy machine may take longer than bUnit's second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task The_planner_puts_each_ticket_in_its_row_and_day_and_counts()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var luc = await screen.Given.User(Roles.Technician, "Luc Côté");
        await screen.Given.Ticket(title: "Buse", assignedTo: luc.Id, scheduled: screen.Screen.At("2025-11-11 10:15"));
        await screen.Given.Ticket(title: "Filtre", assignedTo: luc.Id, scheduled: screen.Screen.At("2025-11-13 15:00"));
        await screen.Given.Ticket(title: "Argon", assignedTo: User.TeamId, scheduled: screen.Screen.At("2025-11-13 23:59:59"));
        await screen.Given.Ticket(title: "À donner", scheduled: screen.Screen.At("2025-11-14 08:00"));
        await screen.Given.Ticket(title: "Sans rien");
        var page = await RenderAsync(screen, "/calendar?mode=planner&week=2025-W46");

        page.Find("h1").TextContent.ShouldBe("9 au 15 novembre");
        Text(page.Find(".lede")).ShouldBe("Semaine 46, 4 planifiés, 2 à planifier2 à planifier, 1 en retard");
        page.FindAll(".plan tbody tr").Select(row => Text(row.QuerySelector("th")!)).ShouldBe(["LCLuc Côté2 billets, 1 en retard", "Équipe1 billet", "Non assigné1 billet"]);
        Cell(page, $"{luc.Id}", "2025-11-11").QuerySelector(".ev.late b")!.TextContent.ShouldBe("Buse");
        Text(Cell(page, $"{luc.Id}", "2025-11-13").QuerySelector("time")!).ShouldBe("15 h");
        Text(Cell(page, "0", "2025-11-13").QuerySelector("time")!).ShouldBe("journée");
        Cell(page, "none", "2025-11-14").QuerySelectorAll(".item").Length.ShouldBe(1);
        page.Find("thead [aria-current=date]").TextContent.ShouldContain("12");
        page.FindAll(".tray .group").Select(group => Text(group.QuerySelector("summary")!)).ShouldBe(["En retard1 (1 billet)", "Sans personne ni date1 (1 billet)", "Sans personne1 (1 billet)"]);
        page.Find(".people").GetAttribute("href").ShouldBe("/calendar?mode=planner&week=2025-W46&people=all");
    }

    [Fact]
    public async Task While_its_database_takes_its_time_it_shows_that_it_is_coming()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket(title: "Sans rien");
        var slow = screen.Database.HoldNext();
        screen.Service<NavigationManager>().NavigateTo("/calendar?mode=planner");
        var page = screen.Screen.Context.Render<CalendarPage>();
        page.Find("h1").TextContent.ShouldBe("Calendrier");
        page.FindAll(".slip").ShouldBeEmpty();
        slow.Release();
        page.WaitForAssertion(() => page.Find(".slip a").TextContent.ShouldBe("Sans rien"), Patience);
    }

    [Fact]
    public async Task A_drop_sets_the_day_and_the_person_and_shows_the_ticket_there()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var ticket = await screen.Given.Ticket(title: "Sans rien");
        var page = await RenderAsync(screen, "/calendar?mode=planner");
        await page.InvokeAsync(() => page.Instance.DropAsync(ticket.Id, "2025-11-14", "0"));

        Cell(page, "0", "2025-11-14").QuerySelector("b")!.TextContent.ShouldBe("Sans rien");
        await page.InvokeAsync(() => page.Instance.StepAsync(ticket.Id, 1, 1));
        Cell(page, "none", "2025-11-15").QuerySelector("b")!.TextContent.ShouldBe("Sans rien");
        await page.InvokeAsync(() => page.Instance.DropAsync(ticket.Id, "2025-11-13", "keep"));
        Cell(page, "none", "2025-11-13").QuerySelector("b")!.TextContent.ShouldBe("Sans rien");
        await page.InvokeAsync(() => screen.Service<ToastMessages>().Current!.Undo!());
        Cell(page, "none", "2025-11-15").QuerySelector("b")!.TextContent.ShouldBe("Sans rien");
    }

    [Fact]
    public async Task Who_may_not_plan_sees_nothing_to_drag_and_a_forged_drop_changes_nothing()
    {
        await using var screen = await TicketScreen.CreateAsync(Roles.Technician);
        var ticket = await screen.Given.Ticket(assignedTo: screen.User.Id, scheduled: screen.Screen.At("2025-11-13 15:00"));
        var page = await RenderAsync(screen, "/calendar?mode=planner");
        page.FindAll("[data-plan], [data-day], .plan-btn").ShouldBeEmpty();
        page.Find(".tray .hint").TextContent.ShouldContain("planifier et assigner les billets");

        await page.InvokeAsync(() => page.Instance.DropAsync(ticket.Id, "2025-11-14", "0"));
        screen.Service<ToastMessages>().Current!.Sentence.ShouldContain("Il vous manque la permission");
        (await screen.ReadAsync(ticket)).ScheduledDate.ShouldBe(screen.Screen.At("2025-11-13 15:00"));
    }

    [Fact]
    public async Task An_empty_week_says_what_waits_and_a_holiday_has_its_name()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket();
        var page = await RenderAsync(screen, "/calendar?mode=week&week=2025-W42&mode2=x&tray=zz");
        Text(page.Find(".nothing")).ShouldBe("Rien de prévu — 1 billet à planifier");
        page.Find("thead .off .holiday").TextContent.ShouldBe("Action de grâces");
        page.Find(".strip.info").TextContent.ShouldContain("tray=zz");
    }

    [Fact]
    public async Task A_phone_opens_on_the_agenda_with_what_is_late_first_and_its_planner_is_one_day()
    {
        await using var screen = await TicketScreen.CreateAsync(language: "en-CA");
        await screen.Given.Ticket(title: "Old", assignedTo: 0, scheduled: screen.Screen.At("2025-11-10 10:15"));
        await screen.Given.Ticket(title: "Tomorrow", assignedTo: 0, scheduled: screen.Screen.At("2025-11-13 08:00"));
        var page = await RenderAsync(screen, "/calendar", isPhone: true);
        page.FindAll(".agenda .group").Take(3).Select(group => Text(group.QuerySelector("h2")!)).ShouldBe(["Late 1 (1 ticket)", "Today, Wednesday, November 12", "Tomorrow, Thursday, November 131 (1 ticket)"]);
        page.FindAll(".side").ShouldBeEmpty();

        screen.Service<NavigationManager>().NavigateTo("/calendar?mode=planner&day=2025-11-13&person=0");
        page.WaitForAssertion(() => page.Find(".strip-days [aria-current] .sr").TextContent.ShouldBe("Thursday, November 13, 1 ticket"), Patience);
        page.FindAll(".phone-plan .item b").ShouldHaveSingleItem().TextContent.ShouldBe("Tomorrow");
    }

    [Fact]
    public async Task The_month_and_the_ends_of_work_are_read_from_the_address()
    {
        await using var screen = await TicketScreen.CreateAsync();
        await screen.Given.Ticket(TicketStatus.Completed, title: "Fini", createdAt: screen.Screen.At("2025-11-05 10:00"), scheduled: screen.Screen.At("2025-12-20 10:00"));
        var page = await RenderAsync(screen, "/calendar?mode=month&month=2025-11&date=completed");
        page.Find("h1").TextContent.ShouldBe("Novembre 2025");
        Text(page.Find(".lede")).ShouldBe("1 terminéDate de fin réelle");
        page.FindAll(".month .item b").ShouldHaveSingleItem().TextContent.ShouldBe("Fini");
        page.FindAll("[data-plan]").ShouldBeEmpty("what is done cannot be moved");
        page.FindAll(".month tbody tr").Count.ShouldBe(6);
    }

    [Fact]
    public async Task News_wait_while_the_pointer_is_on_the_calendar()
    {
        await using var screen = await TicketScreen.CreateAsync();
        var page = await RenderAsync(screen, "/calendar?mode=planner");
        await page.InvokeAsync(() => page.Instance.HoldAsync(true));
        var ticket = await screen.Given.Ticket(title: "Nouveau");
        screen.Service<MaintenanceApp.Live.LiveUpdates>().Publish(new MaintenanceApp.Live.TicketChanged(ticket.Id));
        page.WaitForAssertion(() => page.FindAll(".news").Count.ShouldBe(1), Patience);
        page.FindAll(".slip").ShouldBeEmpty();
        await page.Find(".news").ClickAsync();
        page.WaitForAssertion(() => page.Find(".slip a").TextContent.ShouldBe("Nouveau"), Patience);
        page.FindAll(".news").ShouldBeEmpty();
    }

    private static async Task<IRenderedComponent<CalendarPage>> RenderAsync(TicketScreen screen, string address, bool isPhone = false)
    {
        screen.Service<NavigationManager>().NavigateTo(address);
        var page = screen.Screen.Context.Render<CalendarPage>();
        await page.InvokeAsync(() => page.Instance.SetPhoneAsync(isPhone));
        return page;
    }

    private static IElement Cell(IRenderedComponent<CalendarPage> page, string person, string day) => page.Find($"td[data-person='{person}'][data-day='{day}']");

    private static string Text(IElement element) =>
        Screen.Plain(string.Join(' ', element.TextContent.Replace('\u00a0', '~').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('~', ' '));
}
