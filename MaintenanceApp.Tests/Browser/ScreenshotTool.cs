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
