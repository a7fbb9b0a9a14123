using System.Text.RegularExpressions;
using MaintenanceApp.Machines;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaintenanceApp.Tests.Browser;

/// <summary>The board as hands use it. Each journey has a machine of its own, so that its board holds its card only.</summary>
[Collection(InBrowser.Name)]
public sealed class BoardJourneyTests(BrowserHost host)
{
    // As AppPage waits: a busy machine is no failure.
    static BoardJourneyTests() => SetDefaultExpectTimeout(30_000);

    [Fact]
    public async Task A_card_is_moved_by_mouse_menu_and_keys_and_each_move_can_be_taken_back()
    {
        var (machine, ticket) = await CardAsync();
        await using var window = await host.OpenAsAsync(Roles.Supervisor);
        await OpenAsync(window, $"/board?machine={machine.Id}");
        var page = window.Page;
        await InColumnAsync(page, "received");

        // By mouse. The target says its name while the card is above it.
        var (card, column) = (await BoxAsync(page.Locator(".board .card")), await BoxAsync(page.Locator(".cell.diagnostic")));
        await page.Mouse.MoveAsync(card.X + 60, card.Y + 40);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(column.X + 60, column.Y + 40, new() { Steps = 4 });
        await Expect(page.Locator(".cell.diagnostic .drop")).ToHaveTextAsync("Déposer dans Diagnostic");
        await Expect(page.Locator(".cell.diagnostic .drop")).ToBeVisibleAsync();
        await page.Mouse.UpAsync();
        await InColumnAsync(page, "diagnostic");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Déplacé de Reçue à Diagnostic");
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await InColumnAsync(page, "received");

        // By the menu.
        await page.GetByRole(AriaRole.Button, new() { Name = "Déplacer « Vérin qui fuit » vers…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "En cours" }).ClickAsync();
        await InColumnAsync(page, "progress");

        // By keys: the focus goes with the card, and Ctrl+Z takes it back.
        await page.Locator(".board .card").FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await InColumnAsync(page, "waiting");
        await Expect(page.Locator(".cell.waiting .card")).ToBeFocusedAsync();
        await Expect(page.Locator(".note-bar label")).ToContainTextAsync("Pièce attendue (facultatif)");
        await page.FillAsync("#board-note", "Joint 40 mm");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".note-bar")).ToHaveCountAsync(0);
        await page.Locator(".board .card").FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await InColumnAsync(page, "progress");

        // The card is there before the server has answered; the way back is there when it has.
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Déplacé de En attente de pièces à En cours");
        await page.Keyboard.PressAsync("Control+z");
        await InColumnAsync(page, "waiting");

        (await host.FindAsync(db => db.Tickets.SingleAsync(row => row.Id == ticket.Id))).Status.ShouldBe(TicketStatus.WaitingParts);
        (await host.FindAsync(db => db.TicketComments.SingleAsync(row => row.TicketId == ticket.Id))).Comment.ShouldEndWith("Joint 40 mm");
        await page.GetByRole(AriaRole.Link, new() { Name = "Liste", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($@"/tickets\?machine={machine.Id}$"));
        window.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_phone_shows_one_column_and_moves_a_card_through_the_sheet()
    {
        var (machine, ticket) = await CardAsync();
        await using var window = await host.OpenAsAsync(Roles.Technician, width: 375, height: 812, language: "en-CA");
        await OpenAsync(window, $"/board?machine={machine.Id}");
        var page = window.Page;
        await Expect(page.Locator(".cell:visible")).ToHaveCountAsync(1);

        // A tap beside the title opens the sheet; the title itself opens the ticket.
        await page.Locator(".card .m").ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Move to…" });
        await Expect(sheet).ToBeVisibleAsync();
        await window.ShouldBeAccessibleAsync("the sheet");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Completed" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Moved from Received to Completed");
        await Expect(page.Locator(".note-bar label")).ToContainTextAsync("Solution (optional)");
        await window.ShouldNotScrollSidewaysAsync("with the line that may be left blank");

        // A finger to the left turns to the next column.
        await page.EvaluateAsync(
            """
            () => {
              const board = document.querySelector('.board');
              const touch = (type, x) => board.dispatchEvent(new PointerEvent(type, { pointerId: 7, pointerType: 'touch', isPrimary: true, bubbles: true, clientX: x, clientY: 500 }));
              touch('pointerdown', 300);
              touch('pointermove', 200);
              touch('pointerup', 180);
            }
            """);
        await Expect(page.Locator(".colchips [aria-pressed=true]")).ToContainTextAsync("Diagnosing");
        await page.Locator(".colchips").GetByRole(AriaRole.Button, new() { Name = "Completed" }).ClickAsync();
        await Expect(page.Locator(".cell.done .card")).ToBeVisibleAsync();
        page.Url.ShouldContain("column=completed");
        (await host.FindAsync(db => db.Tickets.SingleAsync(row => row.Id == ticket.Id))).Status.ShouldBe(TicketStatus.Completed);
        window.Errors.ShouldBeEmpty();
    }

    private static async Task OpenAsync(AppPage window, string path)
    {
        await window.GoAsync(path);
        await window.Page.WaitForSelectorAsync(".board-page[data-ready] .card");
    }

    private static Task InColumnAsync(IPage page, string look) => Expect(page.Locator($".cell.{look} .card:not([data-moving])")).ToHaveCountAsync(1);

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator locator) => (await locator.BoundingBoxAsync()).ShouldNotBeNull();

    private async Task<(Machine Machine, Ticket Ticket)> CardAsync()
    {
        var machine = await host.App.Given.Machine("Presse", $"Essai {Guid.NewGuid():N}"[..14]);
        return (machine, await host.App.Given.Ticket(title: "Vérin qui fuit", machine: machine));
    }
}
