using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

[Collection(InBrowser.Name)]
public sealed class LanguageAndThemeTests(BrowserHost host)
{
    [Fact]
    public async Task The_language_changes_in_place_and_stays()
    {
        await using var window = await host.OpenAsAsync();
        await window.GoAsync("/more");
        (await LanguageAsync(window)).ShouldBe("fr-CA");

        await window.Page.Locator("a[href*='/language']:visible").Or(window.Page.Locator("main a[href*='/language']")).First.ClickAsync();
        await window.Page.WaitForSelectorAsync("html[lang=en-CA]", Attached);

        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/more");
        await window.GoAsync("/no-access");
        (await LanguageAsync(window)).ShouldBe("en-CA");
    }

    [Fact]
    public async Task Another_language_of_the_browser_gets_the_language_of_the_site()
    {
        await using var window = await host.OpenAsync(language: "de-DE");
        await window.GoAsync("/login", isInteractive: false);
        (await LanguageAsync(window)).ShouldBe("fr-CA", "the site's language, for every other one");
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_the_button_is_pressed_and_stays()
    {
        await using var window = await host.OpenAsAsync(theme: "dark");
        await window.GoAsync("/more");
        (await ThemeAsync(window)).ShouldBe("dark");

        await window.Page.Locator("[data-action=theme]:visible").First.ClickAsync();
        (await ThemeAsync(window)).ShouldBe("light");

        await window.GoAsync("/more");
        (await ThemeAsync(window)).ShouldBe("light");
    }

    private static readonly PageWaitForSelectorOptions Attached = new() { State = WaitForSelectorState.Attached };

    private static async Task<string?> LanguageAsync(AppPage window) => await window.Page.GetAttributeAsync("html", "lang");

    private static async Task<string?> ThemeAsync(AppPage window) => await window.Page.EvaluateAsync<string>("document.documentElement.dataset.theme");
}
