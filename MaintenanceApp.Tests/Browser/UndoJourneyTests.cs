using System.Text.RegularExpressions;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>Taking back, as people do it: after having gone on already.</summary>
[Collection(InBrowser.Name)]
public sealed class UndoJourneyTests(BrowserHost host)
{
    [Fact]
    public async Task Ctrl_Z_on_the_next_ticket_takes_back_what_was_done_to_the_last_one()
    {
        var word = $"Rodage{Guid.NewGuid().ToString("N")[..8]}";
        await host.App.Given.Ticket(title: $"{word} un");
        await host.App.Given.Ticket(title: $"{word} deux");
        await using var window = await host.OpenAsAsync(Roles.Supervisor);
        var page = window.Page;
        await window.GoAsync($"/tickets?q={word}&sort=title");
        await window.GoAsync($"/tickets/{await NumberAsync($"{word} deux")}?from={Uri.EscapeDataString($"/tickets?q={word}&sort=title")}");
        await page.Locator("#ticket-status").SelectOptionAsync(nameof(TicketStatus.InProgress));
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("En cours");

        await page.Keyboard.PressAsync("j");
        await page.GetByRole(AriaRole.Heading, new() { Name = $"{word} un", Level = 1 }).WaitForAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("annulé");
        (await StatusAsync($"{word} deux")).ShouldBe(TicketStatus.Received);
        (await StatusAsync($"{word} un")).ShouldBe(TicketStatus.Received);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(await NumberAsync($"{word} un"))));

        // The same with the trash, which leads to no other page by itself.
        await page.GetByRole(AriaRole.Button, new() { Name = "Mettre à la corbeille" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("corbeille");
        await page.Keyboard.PressAsync("k");
        await page.GetByRole(AriaRole.Heading, new() { Name = $"{word} deux", Level = 1 }).WaitForAsync();
        await page.Locator(".toast").GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("annulé");
        (await host.FindAsync(db => db.Tickets.AsNoTracking().SingleAsync(ticket => ticket.Title == $"{word} un"))).DeletedAt.ShouldBeNull();
        window.Errors.ShouldBeEmpty();
    }

    private async Task<TicketStatus> StatusAsync(string title) =>
        (await host.FindAsync(db => db.Tickets.AsNoTracking().SingleAsync(ticket => ticket.Title == title))).Status;

    private async Task<string> NumberAsync(string title) =>
        (await host.FindAsync(db => db.Tickets.AsNoTracking().SingleAsync(ticket => ticket.Title == title))).TicketId;
}
