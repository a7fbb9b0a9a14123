using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>A lost connection and a restarted server, as the person in front of the page meets them.</summary>
[Collection(InBrowser.Name)]
public sealed class ConnectionTests(BrowserHost host)
{
    private const string Negotiation = "**/_blazor/negotiate**";
    private const string LoseConnection = "Blazor._internal.forceCloseConnection()";

    /// <summary>
    /// Ends the circuit at the server alone: the form of the farewell is sent while the page goes on. Only without a connection,
    /// as after a restart: one last message of the page to a circuit that is gone would count as an error, and nothing connects again.
    /// </summary>
    private const string ForgetThisPage =
        """
        async () => {
          const send = navigator.sendBeacon;
          let farewell;
          navigator.sendBeacon = (_, form) => { farewell = form; return false; };
          Blazor.disconnect();
          navigator.sendBeacon = send;
          await fetch('_blazor/disconnect', { method: 'POST', body: farewell });
        }
        """;

    [Fact]
    public async Task A_lost_connection_is_a_thin_bar_and_what_was_typed_survives_it_and_a_restart_of_the_server()
    {
        var ticket = await host.App.Given.Ticket(title: "Câble abîmé");
        await using var window = await host.OpenAsAsync(Roles.Technician, width: 375);
        var page = window.Page;
        await window.GoAsync($"/tickets/{ticket.TicketId}");
        await page.Locator("#comment").FillAsync("Je suis à moitié ");

        await page.RouteAsync(Negotiation, route => route.AbortAsync());
        await page.EvaluateAsync(LoseConnection);
        var bar = page.Locator("#components-reconnect-modal");
        await Assertions.Expect(bar).ToBeVisibleAsync();
        await Assertions.Expect(bar).ToHaveCSSAsync("opacity", "1");
        await Assertions.Expect(bar).ToContainTextAsync("Connexion perdue, nouvelle tentative…");
        (await bar.BoundingBoxAsync())!.Height.ShouldBeLessThan(60);
        await page.Locator("#comment").PressSequentiallyAsync("chemin");
        await window.ShouldBeAccessibleAsync("without a connection");

        await page.UnrouteAsync(Negotiation);
        await Assertions.Expect(bar).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#comment")).ToHaveValueAsync("Je suis à moitié chemin");

        // The server heard it too: its button is enabled for the text, and a late drawing does not put the older one back.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Envoyer", Exact = true })).ToBeEnabledAsync();

        // What a restart does: the server answers and knows this page no more.
        await page.RouteAsync(Negotiation, route => route.AbortAsync());
        await page.EvaluateAsync(LoseConnection);
        await Assertions.Expect(bar).ToBeVisibleAsync();
        await page.EvaluateAsync(ForgetThisPage);
        await page.EvaluateAsync("document.documentElement.dataset.beforeRestart = 'true'");
        await page.UnrouteAsync(Negotiation);
        await Assertions.Expect(page.Locator("html[data-before-restart]")).ToHaveCountAsync(0);
        await window.UntilInteractiveAsync();
        await Assertions.Expect(page.Locator("#comment")).ToHaveValueAsync("Je suis à moitié chemin");

        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer", Exact = true }).ClickAsync();
        await page.Locator("blockquote", new() { HasText = "Je suis à moitié chemin" }).WaitForAsync();
    }

    [Fact]
    public async Task What_was_typed_survives_the_sleep_of_a_laptop_after_which_the_server_has_put_the_page_away()
    {
        await using var window = await host.OpenAsAsync();
        var page = window.Page;
        await window.GoAsync("/settings/site");
        await page.Locator("#site-name").FillAsync("Usine du Nord");

        var circuits = host.App.Service<IOptions<CircuitOptions>>().Value;
        var usual = circuits.DisconnectedCircuitRetentionPeriod;
        circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMilliseconds(1);
        try
        {
            await page.RouteAsync(Negotiation, route => route.AbortAsync());
            await page.EvaluateAsync(LoseConnection);
            await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
            await page.EvaluateAsync("document.documentElement.dataset.beforeSleep = 'true'");
            await page.UnrouteAsync(Negotiation);

            // Loaded again, not drawn anew into the open page.
            await Assertions.Expect(page.Locator("html[data-before-sleep]")).ToHaveCountAsync(0);
            await window.UntilInteractiveAsync();
            await Assertions.Expect(page.Locator("#site-name")).ToHaveValueAsync("Usine du Nord");
        }
        finally
        {
            circuits.DisconnectedCircuitRetentionPeriod = usual;
        }
    }
}
