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
        await page.WaitForURLAsync("**/machines");

        await page.Keyboard.PressAsync("?");
        var help = page.Locator("#key-help");
        await Assertions.Expect(help).ToBeVisibleAsync();
        await Assertions.Expect(help.Locator("dl > div", new() { HasText = "Billets" }).First).ToContainTextAsync("g puis t");
        await Assertions.Expect(help.GetByText("Réglages")).ToHaveCountAsync(0);
        await window.ShouldBeAccessibleAsync("the list of keys");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(help).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("c");
        await page.WaitForURLAsync("**/tickets/new");
        await page.Locator("#title").FillAsync("");
        await page.Locator("#title").PressSequentiallyAsync("gm?c");
        await Assertions.Expect(page.Locator("#title")).ToHaveValueAsync("gm?c");
        await Assertions.Expect(help).ToBeHiddenAsync();
        window.Errors.ShouldBeEmpty();
    }
}
