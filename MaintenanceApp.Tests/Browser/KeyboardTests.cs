using System.Text.RegularExpressions;
using MaintenanceApp.Users;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>The whole site without a mouse: see wwwroot/js/keys.js.</summary>
[Collection(InBrowser.Name)]
public sealed class KeyboardTests(BrowserHost host)
{
    [Fact]
    public async Task Keys_lead_to_the_pages_and_the_list_behind_the_question_mark_names_them()
    {
        await using var window = await host.OpenAsAsync(Roles.Supervisor);
        var page = window.Page;
        await window.GoAsync("/");

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/machines$"));

        await page.Keyboard.PressAsync("?");
        var help = page.Locator("#key-help");
        await Assertions.Expect(help).ToBeVisibleAsync();
        await Assertions.Expect(help.Locator("dl > div", new() { HasText = "Billets" }).First).ToContainTextAsync("g puis t");
        await Assertions.Expect(help.GetByText("Réglages")).ToHaveCountAsync(0);
        await window.ShouldBeAccessibleAsync("the list of keys");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(help).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/tickets/new$"));
        await page.Locator("#title").FillAsync("");
        await page.Locator("#title").PressSequentiallyAsync("gm?c");
        await Assertions.Expect(page.Locator("#title")).ToHaveValueAsync("gm?c");
        await Assertions.Expect(help).ToBeHiddenAsync();
        window.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1280, "fr-CA", "dark")]
    [InlineData(375, "en-CA", "light")]
    public async Task The_palette_finds_tickets_pages_and_late_work_and_opens_them(int width, string language, string theme)
    {
        var ticket = await host.App.Given.Ticket(title: $"Tambour fêlé {Guid.NewGuid():N}");
        await using var window = await host.OpenAsAsync(Roles.Admin, width, theme: theme, language: language);
        var (page, isEnglish) = (window.Page, language == "en-CA");
        await window.GoAsync("/machines");

        await OpenPaletteAsync(page, width);
        await Assertions.Expect(page.Locator("#palette [role=option]").First).ToHaveAttributeAsync("aria-selected", "true");
        await window.ShouldBeAccessibleAsync("the palette");
        await window.ShouldNotScrollSidewaysAsync("the palette");

        // Enter before the answer opens what the answer brings.
        await page.Locator("#palette-text").FillAsync(ticket.TicketId.ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = ticket.Title, Level = 1 }).WaitForAsync();
        await Assertions.Expect(page.Locator("#palette")).ToBeHiddenAsync();

        await OpenPaletteAsync(page, width);
        await page.Locator("#palette-text").FillAsync(isEnglish ? "operations" : "operation");
        await page.Locator("#palette-list[data-for^=operation]").WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/ops$"));

        await OpenPaletteAsync(page, width);
        await Assertions.Expect(page.Locator("#palette-recent-0")).ToContainTextAsync(ticket.Title);
        await page.Locator("#palette-text").FillAsync(isEnglish ? "overdue" : "en retard");
        await page.Locator("#palette-all-tickets").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/tickets\?view=overdue$"));
        window.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Single_keys_can_be_turned_off_and_the_choice_can_be_taken_back()
    {
        await using var window = await host.OpenAsAsync(Roles.Operator);
        var page = window.Page;
        await window.GoAsync("/preferences");
        await page.GetByRole(AriaRole.Switch).UncheckAsync();
        await Assertions.Expect(page.Locator("html[data-single-keys=off]")).ToBeAttachedAsync();
        await window.GoAsync("/preferences");
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#key-help")).ToBeHiddenAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/preferences");

        // Keys with Ctrl go on: the toast's undo turns them on again.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Compacte" }).CheckAsync();
        await Assertions.Expect(page.Locator("html[data-density=compact]")).ToBeAttachedAsync();
        await page.Locator(".toast").WaitForAsync();
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("C’est annulé.");
        await Assertions.Expect(page.Locator("html[data-density=compact]")).Not.ToBeAttachedAsync();

        await page.GetByRole(AriaRole.Switch).CheckAsync();
        await page.Locator("html:not([data-single-keys])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/tickets/new$"));
    }

    private static async Task OpenPaletteAsync(IPage page, int width)
    {
        if (width > 760)
        {
            await page.Keyboard.PressAsync("Control+k");
        }
        else
        {
            await page.Locator(".topbar [data-action=palette]:visible").ClickAsync();
        }

        await page.Locator("#palette [role=option]").First.WaitForAsync();
    }
}
