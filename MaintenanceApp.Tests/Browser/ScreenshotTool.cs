using MaintenanceApp.Users;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>Not a test: scripts/screenshots runs it to take every page for a person to look at.</summary>
[Collection(InBrowser.Name)]
public sealed class ScreenshotTool(BrowserHost host)
{
    [Fact(Explicit = true)]
    public async Task Takes_every_page()
    {
        var folder = Environment.GetEnvironmentVariable("MAINTENANCE_SCREENS") ?? Architecture.Sources.PathTo("artifacts/screens");
        Directory.CreateDirectory(folder);
        foreach (var language in new[] { "fr", "en" })
        {
            foreach (var theme in new[] { "light", "dark" })
            {
                foreach (var (width, height) in new[] { (1280, 800), (375, 812) })
                {
                    await TakeAsync(folder, language, theme, width, height);
                }
            }
        }
    }

    /// <summary>The pictures of README.md and docs/: one window's height, few and small.</summary>
    [Fact(Explicit = true)]
    public async Task Takes_the_pictures_of_the_documents()
    {
        var folder = Environment.GetEnvironmentVariable("MAINTENANCE_SCREENS") ?? Architecture.Sources.PathTo("docs/screens");
        Directory.CreateDirectory(folder);
        var sites = (await SitePages.AllAsync(host)).ToDictionary(site => site.Name);
        foreach (var group in Pictures.Where(picture => sites.ContainsKey(picture.Site)).GroupBy(picture => (picture.IsPhone, picture.Theme, picture.Language)))
        {
            var (width, height) = group.Key.IsPhone ? (375, 812) : (1280, 800);
            await using var window = await host.OpenAsync(width, height, group.Key.Theme, $"{group.Key.Language}-CA");
            await window.SignInAsync(await host.App.Given.User(Roles.Admin, name: "Anne Roy"));
            foreach (var (site, _, _, _) in group)
            {
                await window.GoAsync(sites[site].Path, isInteractive: sites[site].HasCircuit);
                await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                var (theme, phone, language) = (group.Key.Theme == "dark" ? "-dark" : "", group.Key.IsPhone ? "-phone" : "", group.Key.Language == "en" ? "-en" : "");
                await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{site}{theme}{phone}{language}.png") });
            }
        }

        foreach (var theme in new[] { "light", "dark" })
        {
            await using var window = await host.OpenAsync(1280, 800, theme, "fr-CA");
            await window.SignInAsync(await host.App.Given.User(Roles.Admin, name: "Anne Roy"));
            foreach (var (name, path) in HangfirePages)
            {
                await window.GoAsync(path, isInteractive: false);
                await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}{(theme == "dark" ? "-dark" : "")}.png") });
            }
        }
    }

    /// <summary>Hangfire's own pages in our colours; a page of the site for nobody but ops, so not among <see cref="SitePages"/>.</summary>
    private static readonly (string Name, string Path)[] HangfirePages =
        [("hangfire-recurring", "/hangfire/recurring"), ("hangfire-jobs", "/hangfire/jobs/succeeded"), ("hangfire-job", "/hangfire/jobs/details/1")];

    private static readonly (string Site, bool IsPhone, string Theme, string Language)[] Pictures =
    [
        .. new[] { "overview", "tickets", "board", "calendar", "ticket", "new-ticket", "notifications", "notification", "operations" }.Select(site => (site, false, "light", "fr")),
        .. new[] { "overview", "board", "ticket", "operations" }.Select(site => (site, false, "dark", "fr")),
        .. new[] { "tickets", "calendar", "notification" }.Select(site => (site, false, "dark", "en")),
        .. new[] { "overview", "tickets", "board", "ticket", "new-ticket" }.Select(site => (site, true, "light", "fr")),
        .. new[] { "tickets", "calendar" }.Select(site => (site, true, "dark", "en")),
    ];

    private async Task TakeAsync(string folder, string language, string theme, int width, int height)
    {
        await using var visitor = await host.OpenAsync(width, height, theme, $"{language}-CA");
        await using var admin = await host.OpenAsAsync(Roles.Admin, width, height, theme, $"{language}-CA");
        foreach (var site in await SitePages.AllAsync(host))
        {
            var page = site.IsOpen ? visitor : admin;
            await page.GoAsync(site.Path, isInteractive: site.HasCircuit);
            await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{site.Name}.{width}.{theme}.{language}.png"), FullPage = true });
        }
    }
}
