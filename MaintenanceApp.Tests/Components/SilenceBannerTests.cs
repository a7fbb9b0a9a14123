using Bunit;
using MaintenanceApp.Components.Layout;
using MaintenanceApp.Operations;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Components;

public sealed class SilenceBannerTests
{
    private static readonly DateTime Since = new(2025, 11, 12, 19, 2, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("fr-CA", true, "Aucune vérification terminée depuis auj. 14 h 02")]
    [InlineData("fr-CA", false, "Aucune vérification terminée depuis le démarrage, auj. 14 h 02")]
    [InlineData("en-CA", true, "No check has finished since today 14:02")]
    public async Task It_says_since_when_and_where_to_look_and_is_read_out_once(string language, bool hasScanned, string title)
    {
        await using var screen = new Screen(language);
        screen.Context.AddAuthorization().SetAuthorized("Anne Roy").SetPolicies(Permissions.ReadOperations);
        var banner = screen.Context.Render<SilenceBanner>(parameters => parameters.Add(x => x.Heartbeat, Stale(hasScanned)));

        Screen.Plain(banner.Find("strong").TextContent).ShouldBe(title);
        banner.FindAll("[role=alert]").Count.ShouldBe(1);
        banner.Find("a").GetAttribute("href").ShouldBe("/ops");
        var markup = banner.Markup;
        screen.Clock.Advance(TimeSpan.FromMinutes(2));
        banner.Render(parameters => parameters.Add(x => x.Heartbeat, Stale(hasScanned)));
        banner.Markup.ShouldBe(markup, "an alert that changes is read out again");
        banner.Render(parameters => parameters.Add(x => x.Heartbeat, Stale(hasScanned) with { IsStale = false }));
        banner.Markup.ShouldBeEmpty();
    }

    private static Heartbeat Stale(bool hasScanned) => new(hasScanned ? Since : null, null, IsStale: true, Since, 3, 0);
}
