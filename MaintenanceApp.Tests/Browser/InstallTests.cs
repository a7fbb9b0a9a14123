using MaintenanceApp.Users;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>The installed application: what it keeps, and what it says without a network.</summary>
[Collection(InBrowser.Name)]
public sealed class InstallTests(BrowserHost host)
{
    [Fact]
    public async Task Only_the_offline_page_is_kept_and_it_is_shown_when_the_server_is_gone()
    {
        await using var window = await host.OpenAsync(width: 375, isInstallable: true);
        await window.SignInAsync(await host.App.Given.User(Roles.Admin, name: "Camille Essai"));
        await window.GoAsync("/tickets");
        await window.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await window.GoAsync("/machines");

        var kept = await window.Page.EvaluateAsync<string[]>(
            "(async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(request => new URL(request.url).pathname)))).flat())()");
        kept.Order(StringComparer.Ordinal).ShouldBe(["/favicon.svg", "/js/offline.js", "/offline.html"]);

        await window.Page.Context.SetOfflineAsync(true);
        await window.Page.GotoAsync(new Uri(host.Url, "/tickets").ToString());
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Vous êtes hors ligne" })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "You are offline" })).ToBeVisibleAsync();
        await window.ShouldNotScrollSidewaysAsync("offline");

        await window.Page.Context.SetOfflineAsync(false);
        await window.Page.Locator("h1", new() { HasText = "Billets" }).WaitForAsync();
    }
}
