using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Browser;

/// <summary>What holds for all pages, in both themes and languages, on a desk and on a phone.</summary>
[Collection(OnEveryPage.Name)]
public sealed class EveryPageTests(BrowserHost host)
{
    private const int Desk = 1280;
    private const int Phone = 360;

    [Theory]
    [InlineData("dark", "en-CA", Desk)]
    [InlineData("light", "fr-CA", Phone)]
    public async Task Is_accessible_fits_the_window_logs_no_error_and_links_somewhere(string theme, string language, int width)
    {
        await using var visitor = await host.OpenAsync(width, theme: theme, language: language);
        await using var admin = await host.OpenAsAsync(Roles.Admin, width, theme: theme, language: language);
        var faults = new List<string>();
        var links = new HashSet<string>();
        foreach (var site in await SitePages.AllAsync(host))
        {
            var page = site.IsOpen ? visitor : admin;
            page.ForgetErrors();
            var status = await page.GoAsync(site.Path, isInteractive: site.HasCircuit);
            try
            {
                status.ShouldBe(200);
                await page.ShouldNotScrollSidewaysAsync($"{width} px");

                // The colours of both themes are looked at on the desk.
                await page.ShouldBeAccessibleAsync("axe", withContrast: width != Phone);
                page.Errors.ShouldBeEmpty();
                if (width == Phone)
                {
                    await page.ShouldHaveTargetsForFingersAsync("360 px");
                    continue;
                }

                links.UnionWith(await LinksAsync(page));
                await page.ShouldHaveContrastAsync("light", "the other theme");
                await page.Page.SetViewportSizeAsync(Desk / 2, 400);
                await page.ShouldNotScrollSidewaysAsync("200 % zoom");
            }
            catch (ShouldAssertException fault)
            {
                faults.Add($"{site.Name} ({site.Path}): {fault.Message}");
            }
            finally
            {
                await page.Page.SetViewportSizeAsync(width, 800);
            }
        }

        faults.AddRange(await DeadAsync(links, admin));
        string.Join("\n\n", faults).ShouldBeEmpty();
        (width == Phone || links.Count > 100).ShouldBeTrue($"{links.Count} links were found");
    }

    [Fact]
    public async Task What_axe_finds_is_told()
    {
        await using var window = await host.OpenAsync();
        await window.Page.SetContentAsync("<main><h1>Essai</h1><img src='data:,'><p style='color:#999;background:#fff'>Pâle</p></main>");

        (await Assert.ThrowsAsync<ShouldAssertException>(() => window.ShouldBeAccessibleAsync("essai", withContrast: false))).Message
            .ShouldSatisfyAllConditions(message => message.ShouldContain("image-alt"), message => message.ShouldNotContain("color-contrast"));
        (await Assert.ThrowsAsync<ShouldAssertException>(() => window.ShouldHaveContrastAsync("light", "essai"))).Message
            .ShouldSatisfyAllConditions(message => message.ShouldContain("color-contrast"), message => message.ShouldNotContain("image-alt"));
    }

    [Fact]
    public async Task The_rail_of_icons_of_a_tablet_keeps_its_names()
    {
        await using var window = await host.OpenAsAsync(width: 1000);
        await window.GoAsync("/");
        await window.ShouldBeAccessibleAsync("1000 px");
        await window.ShouldNotScrollSidewaysAsync("1000 px");
    }

    private static async Task<string[]> LinksAsync(AppPage page) => await page.Page.EvaluateAsync<string[]>(
        "[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)");

    /// <summary>Those that answer with an error. Links of the same shape (their digits left out) lead to the same page: two of each are followed.</summary>
    private async Task<IReadOnlyList<string>> DeadAsync(IReadOnlySet<string> links, AppPage page)
    {
        var dead = new List<string>();
        foreach (var link in links.Where(link => !link.StartsWith("/logout", StringComparison.Ordinal))
            .GroupBy(link => string.Concat(Uri.UnescapeDataString(link).Where(letter => !char.IsDigit(letter))))
            .SelectMany(shape => shape.Take(2)))
        {
            var answer = await page.Page.Context.APIRequest.GetAsync(new Uri(host.Url, link).ToString());
            if (answer.Status >= 400)
            {
                dead.Add($"dead link: {answer.Status} {link}");
            }
        }

        return dead;
    }
}
