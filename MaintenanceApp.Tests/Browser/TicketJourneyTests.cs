using System.Text.RegularExpressions;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>What a day with the product is made of: report, plan, assign, be notified.</summary>
[Collection(InBrowser.Name)]
public sealed class TicketJourneyTests(BrowserHost host)
{
    [Fact]
    public async Task A_reported_problem_is_in_the_list_at_once()
    {
        var title = $"Courroie qui patine {Guid.NewGuid():N}";
        await using var window = await host.OpenAsAsync(Roles.Operator);
        await window.GoAsync("/tickets/new");

        await window.Page.FillAsync("#title", title);
        await window.Page.Locator("input[name=machine]").First.CheckAsync();
        await window.Page.FillAsync("#description", "Depuis ce matin, surtout à froid.");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Créer le billet" }).ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync(new Regex(@"/tickets(\?|$)"));

        await window.GoAsync("/tickets?q=" + Uri.EscapeDataString(title));
        await window.Page.Locator("tbody .t").HoverAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Ouvrir la page de " + title }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 }).WaitForAsync();
    }

    [Fact]
    public async Task An_empty_form_says_what_is_missing_and_creates_nothing()
    {
        var before = await host.FindAsync(db => db.Tickets.CountAsync());
        await using var window = await host.OpenAsAsync(Roles.Operator);
        await window.GoAsync("/tickets/new");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Créer le billet" }).ClickAsync();

        await window.Page.Locator("#title[aria-invalid=true]").WaitForAsync();
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/tickets/new");
        (await host.FindAsync(db => db.Tickets.CountAsync())).ShouldBe(before);
    }

    [Fact]
    public async Task A_planner_assigns_and_plans_a_ticket()
    {
        var ticket = await host.App.Given.Ticket(title: "Roulement à remplacer");
        await using var window = await host.OpenAsAsync(Roles.Planner);
        await window.GoAsync($"/tickets/{ticket.TicketId}");

        await window.Page.SelectOptionAsync("#assignee", new SelectOptionValue { Value = "0" });
        await UntilAsync(ticket.Id, row => row.AssignedTo == User.TeamId, "assigned to the team");
        await window.Page.FillAsync("#due-day", "2031-05-14");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la date" }).ClickAsync();

        // Without a time a date counts until midnight in the plant: 04:00 UTC in summer.
        await UntilAsync(ticket.Id, row => row.ScheduledDate >= new DateTime(2031, 5, 15, 3, 59, 0, DateTimeKind.Utc), "planned until the end of the day");
        await window.Page.Locator("#thread li").Nth(2).WaitForAsync();
        window.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_is_picked_from_the_month_with_the_keyboard_and_on_a_phone()
    {
        var ticket = await host.App.Given.Ticket(title: "Filtre à changer", scheduled: new DateTime(2031, 5, 14, 16, 0, 0, DateTimeKind.Utc));
        await using var window = await host.OpenAsAsync(Roles.Planner);
        var page = window.Page;
        await window.GoAsync($"/tickets/{ticket.TicketId}");
        await Assertions.Expect(page.Locator("#due-day")).ToHaveValueAsync("2031-05-14");
        await Assertions.Expect(page.Locator("#due-time")).ToHaveValueAsync("12\u00a0h");

        var calendar = page.Locator("dialog.day-calendar:modal");
        await page.Keyboard.PressAsync("d");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(calendar.Locator("[data-day='2031-05-14']")).ToBeFocusedAsync();
        foreach (var (key, day) in new[] { ("ArrowRight", "2031-05-15"), ("PageDown", "2031-06-15"), ("End", "2031-06-21"), ("ArrowDown", "2031-06-28") })
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(calendar.Locator($"[data-day='{day}']")).ToBeFocusedAsync();
        }

        await window.ShouldBeAccessibleAsync("the month beside its field");
        await window.ShouldHaveContrastAsync("dark", "the month beside its field, dark");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(calendar).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#due-day + button")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#due-day")).ToHaveValueAsync("2031-05-14");

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(calendar.Locator("[data-day='2031-05-14']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#due-day")).ToHaveValueAsync("2031-05-13");
        await Assertions.Expect(page.Locator("#due-day + button")).ToBeFocusedAsync();

        // On a phone: a sheet over the sheet, with days for fingers.
        await page.SetViewportSizeAsync(360, 640);
        await page.Locator(".stickybar").GetByRole(AriaRole.Button, new() { Name = "Replanifier" }).ClickAsync();
        await page.Locator("#plan-day + button").ClickAsync();
        await calendar.Locator("[aria-selected=true]").WaitForAsync();
        (await calendar.EvaluateAsync<bool>("sheet => { const box = sheet.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight && sheet.scrollHeight <= sheet.clientHeight; }"))
            .ShouldBeTrue("the month is inside the window");
        (await calendar.Locator("[data-day]").EvaluateAllAsync<double>("days => Math.min(...days.flatMap(day => [day.getBoundingClientRect().width, day.getBoundingClientRect().height]))"))
            .ShouldBeGreaterThanOrEqualTo(44);
        await window.ShouldHaveTargetsForFingersAsync("the month on a phone");
        await window.ShouldBeAccessibleAsync("the month on a phone");
        await calendar.Locator("[data-day='2031-05-20']").ClickAsync();

        await UntilAsync(ticket.Id, row => row.ScheduledDate == new DateTime(2031, 5, 20, 16, 0, 0, DateTimeKind.Utc), "planned with a tap");
        await Assertions.Expect(page.Locator("dialog.plan-dialog:modal")).ToHaveCountAsync(1);
        window.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_see_each_others_comment_without_reloading()
    {
        var ticket = await host.App.Given.Ticket(title: "Fuite d’eau");
        await using var reader = await host.OpenAsAsync(Roles.Supervisor);
        await reader.GoAsync($"/tickets/{ticket.TicketId}");
        await using var writer = await host.OpenAsAsync(Roles.Technician);
        await writer.GoAsync($"/tickets/{ticket.TicketId}");

        await writer.Page.FillAsync("#comment", "Joint changé à 14 h 32.");
        await writer.Page.GetByRole(AriaRole.Button, new() { Name = "Envoyer", Exact = true }).ClickAsync();

        await reader.Page.Locator("#thread blockquote", new() { HasText = "Joint changé à 14 h 32." }).WaitForAsync();
    }

    private async Task UntilAsync(int id, System.Linq.Expressions.Expression<Func<MaintenanceApp.Tickets.Ticket, bool>> condition, string awaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await host.FindAsync(db => db.Tickets.Where(row => row.Id == id).AnyAsync(condition)))
        {
            limit.IsCancellationRequested.ShouldBeFalse($"ticket {id} was not {awaited} within 15 s");
            await timer.WaitForNextTickAsync();
        }
    }
}
