using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaintenanceApp.Tests.Browser;

/// <summary>Plan and assign from the tray: by drag, by keys and by the dialog; on a desk and on a phone.</summary>
[Collection(InBrowser.Name)]
public sealed class CalendarJourneyTests(BrowserHost host)
{
    private DateOnly Today => host.App.Service<SiteClock>().Today;

    [Fact]
    public async Task A_ticket_dragged_from_the_tray_gets_a_day_and_a_person_and_undo_takes_both_back()
    {
        var title = $"Vérin {Guid.NewGuid():N}"[..16];
        var ticket = await host.App.Given.Ticket(title: title);
        await using var window = await host.OpenAsAsync(Roles.Planner, 1280, 900);
        await window.GoAsync($"/calendar?mode=planner&tray_q={Uri.EscapeDataString(title)}");
        var page = window.Page;
        await page.Locator(".calendar-page[data-ready]").WaitForAsync();
        var slip = page.Locator(".slip", new() { HasText = title });
        var cell = page.Locator($"td[data-person='0'][data-day='{Today:yyyy-MM-dd}']");

        // By drag: to the team, today.
        await slip.HoverAsync();
        await page.Mouse.DownAsync();
        await cell.HoverAsync(new() { Force = true });

        // A hand never stops after one movement, and the page may have been drawn again under it.
        await cell.HoverAsync(new() { Force = true, Position = new() { X = 12, Y = 12 } });
        await Expect(page.Locator(".drop-label")).ToContainTextAsync("Équipe");
        await page.Mouse.UpAsync();
        await Expect(cell.Locator(".item", new() { HasText = title })).ToBeVisibleAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Notification réarmée");
        (await PlanAsync(ticket.Id)).AssignedTo.ShouldBe(User.TeamId);
        await page.Locator(".toast .btn").ClickAsync();
        await Expect(slip).ToBeVisibleAsync();
        (await PlanAsync(ticket.Id)).ShouldBe((null, null));

        // By the dialog, opened with its key.
        await slip.Locator("a").FocusAsync();
        await page.Keyboard.PressAsync("d");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aujourd’hui" }).ClickAsync();
        await page.SelectOptionAsync("#calendar-person", "0");
        await Expect(page.Locator(".forecast")).ToContainTextAsync("réarmée");
        await window.ShouldBeAccessibleAsync("the dialog");
        await page.Locator(".calendar-dialog .btn.primary").ClickAsync();
        await Expect(cell.Locator(".item", new() { HasText = title })).ToBeVisibleAsync();

        // By keys: to the day beside it in the week, at the end of that day too. Back is the planner, not the page before.
        var (key, day) = Today.DayOfWeek == DayOfWeek.Sunday ? ("Shift+ArrowRight", Today.AddDays(1)) : ("Shift+ArrowLeft", Today.AddDays(-1));
        await cell.Locator(".item", new() { HasText = title }).Locator("a").FocusAsync();
        await page.Keyboard.PressAsync(key);
        await Expect(page.Locator($"td[data-person='0'][data-day='{day:yyyy-MM-dd}'] .item", new() { HasText = title })).ToBeVisibleAsync();
        (await PlanAsync(ticket.Id)).ScheduledDate.ShouldBe(host.App.Service<SiteClock>().DayOf(day).End.AddSeconds(-1));
        await page.Locator(".modes").GetByRole(AriaRole.Link, new() { Name = "Mois" }).ClickAsync();
        await Expect(page.Locator(".plan.month")).ToBeVisibleAsync();
        await window.ShouldBeAccessibleAsync("the month");
        await page.GoBackAsync();
        await Expect(cell).ToBeVisibleAsync();
        window.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_phone_a_ticket_is_planned_from_the_sheet_in_a_few_taps()
    {
        var title = $"Belt {Guid.NewGuid():N}"[..16];
        var ticket = await host.App.Given.Ticket(title: title);
        await using var window = await host.OpenAsAsync(Roles.Supervisor, 375, 812, language: "en-CA");
        await window.GoAsync($"/calendar?tray_q={Uri.EscapeDataString(title)}");
        var page = window.Page;
        await page.Locator(".calendar-page[data-ready]").WaitForAsync();
        await Expect(page.Locator(".agenda .group.today")).ToBeVisibleAsync();

        await page.Locator(".tray-btn").ClickAsync();
        await window.ShouldBeAccessibleAsync("the tray");
        await page.Locator(".tray-dialog .slip", new() { HasText = title }).Locator(".plan-btn").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Today", Exact = true }).ClickAsync();
        await page.SelectOptionAsync("#calendar-person", "0");
        await window.ShouldNotScrollSidewaysAsync("the dialog");
        await page.Locator(".calendar-dialog .btn.primary").ClickAsync();
        await Expect(page.Locator(".agenda .group.today .item", new() { HasText = title })).ToBeVisibleAsync();
        (await PlanAsync(ticket.Id)).AssignedTo.ShouldBe(User.TeamId);
        await page.Locator(".toast .btn").ClickAsync();
        await Expect(page.Locator(".agenda .item", new() { HasText = title })).ToHaveCountAsync(0);
        (await PlanAsync(ticket.Id)).ShouldBe((null, null));

        await page.Locator(".modes").GetByRole(AriaRole.Link, new() { Name = "Planner" }).ClickAsync();
        await Expect(page.Locator(".phone-plan")).ToBeVisibleAsync();
        await window.ShouldBeAccessibleAsync("the planner of a phone");
        await window.ShouldNotScrollSidewaysAsync("the planner of a phone");
        await page.Locator(".modes").GetByRole(AriaRole.Link, new() { Name = "Month" }).ClickAsync();
        await Expect(page.Locator(".month .date").First).ToBeVisibleAsync();
        await window.ShouldNotScrollSidewaysAsync("the month of a phone");
        window.Errors.ShouldBeEmpty();
    }

    private async Task<(DateTime? ScheduledDate, int? AssignedTo)> PlanAsync(int id)
    {
        var ticket = await host.FindAsync(db => db.Tickets.SingleAsync(row => row.Id == id));
        return (ticket.ScheduledDate, ticket.AssignedTo);
    }
}
