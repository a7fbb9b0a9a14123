using System.Text.RegularExpressions;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>A supervisor's list: filters that travel in the address, rows changed together and taken back.</summary>
[Collection(InBrowser.Name)]
public sealed class TicketListJourneyTests(BrowserHost host)
{
    [Fact]
    public async Task A_shared_address_shows_the_same_rows_and_a_bulk_change_is_taken_back()
    {
        var machine = await host.App.Given.Machine("Presse", $"Parcours {Guid.NewGuid().ToString("N")[..6]}");
        foreach (var title in new[] { "Premier essai de liste", "Deuxième essai de liste", "Troisième essai de liste" })
        {
            await host.App.Given.Ticket(title: title, machine: machine, priority: TicketPriority.Critical);
        }

        await host.App.Given.Ticket(title: "Peu urgent", machine: machine, priority: TicketPriority.Low);
        await using var supervisor = await host.OpenAsAsync(Roles.Supervisor, width: 1440);
        var page = supervisor.Page;
        await supervisor.GoAsync("/tickets");

        // Two filters and a sort, then the address goes to a colleague.
        await page.SelectOptionAsync("select[aria-label='Machine']", new SelectOptionValue { Value = $"{machine.Id}" });
        await Assertions.Expect(page.Locator("tbody .t")).ToHaveCountAsync(4);
        await page.Locator(".chip summary", new() { HasText = "Priorité" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Critique", Exact = true }).CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("priority=critical"));
        await page.Locator("thead button", new() { HasText = "Billet" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("sort=title"));
        var rows = page.Locator("tbody .t");
        await Assertions.Expect(rows).ToHaveTextAsync(["Deuxième essai de liste", "Premier essai de liste", "Troisième essai de liste"]);

        await using var colleague = await host.OpenAsAsync(Roles.Technician, width: 375, height: 720, language: "en-CA");
        await colleague.GoAsync(new Uri(page.Url).PathAndQuery);
        await Assertions.Expect(colleague.Page.Locator("tbody .t")).ToHaveTextAsync(["Deuxième essai de liste", "Premier essai de liste", "Troisième essai de liste"]);
        await Assertions.Expect(colleague.Page.GetByRole(AriaRole.Button, new() { Name = "Filters · 2" })).ToBeVisibleAsync();

        // By keyboard: choose the first, extend to the third, archive all three but one that is already so.
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator(".bulk b")).ToHaveTextAsync("1 sélectionné");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Shift+X");
        await Assertions.Expect(page.Locator(".bulk b")).ToHaveTextAsync("3 sélectionnés");
        await page.GetByRole(AriaRole.Button, new() { Name = "Statut", Exact = true }).Last.ClickAsync();
        await supervisor.ShouldBeAccessibleAsync("the question");
        await page.Locator("dialog .ask-pick", new() { HasText = "En cours" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("3 modifiés");
        await Assertions.Expect(page.Locator("tbody .status.progress")).ToHaveCountAsync(3);
        await Assertions.Expect(colleague.Page.Locator("tbody .status.progress")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody .status.received")).ToHaveCountAsync(3);
        (await host.FindAsync(db => db.Tickets.CountAsync(ticket => ticket.MachineId == machine.Id && ticket.Status == TicketStatus.Received))).ShouldBe(4);

        // A row opens beside the list; Back closes it and the filters stay.
        await rows.First.ClickAsync();
        await Assertions.Expect(page.Locator(".tickets-page .panel h2")).ToHaveTextAsync("Deuxième essai de liste");
        await supervisor.ShouldBeAccessibleAsync("the panel");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".tickets-page .panel")).ToHaveCountAsync(0);
        page.Url.ShouldContain("priority=critical");
        supervisor.Errors.ShouldBeEmpty();
        colleague.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_phone_the_filters_are_a_sheet_that_ends_with_what_it_finds()
    {
        var machine = await host.App.Given.Machine("Presse", $"Téléphone {Guid.NewGuid().ToString("N")[..6]}");
        await host.App.Given.Ticket(title: "Voyant rouge", machine: machine);
        await using var phone = await host.OpenAsAsync(Roles.Technician, width: 375, height: 720);
        var page = phone.Page;
        await phone.GoAsync("/tickets");

        await page.GetByRole(AriaRole.Button, new() { Name = "Filtres", Exact = true }).ClickAsync();
        await page.Locator("dialog[open] select[aria-label='Machine']").SelectOptionAsync(new SelectOptionValue { Value = $"{machine.Id}" });
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Voir 1 résultat" })).ToBeVisibleAsync();
        await phone.ShouldBeAccessibleAsync("the sheet of filters");
        await phone.ShouldNotScrollSidewaysAsync("the sheet of filters");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voir 1 résultat" }).ClickAsync();
        await page.Locator("tbody .t").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/tickets/"));
        phone.Errors.ShouldBeEmpty();
    }
}
