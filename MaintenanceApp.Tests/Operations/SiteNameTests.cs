using System.Text.Json.Nodes;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Operations;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Operations;

public sealed class SiteNameTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Fact]
    public async Task The_saved_name_is_on_the_sign_in_page_and_in_the_manifest_and_blank_gives_the_configured_one_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = host.CreateAnonymousClient();
        await host.Given.User(Roles.Admin);
        var set = host.Service<SetSiteName>();

        await set.ExecuteAsync(Admin, "  Usine <Nord> ", CancellationToken.None);

        (await client.GetStringAsync(new Uri("/login", UriKind.Relative))).ShouldContain("Maintenance Usine &lt;Nord&gt;</title>");
        var manifest = await ManifestAsync(client, "en-CA");
        ((string?)manifest["name"]).ShouldBe("Maintenance Usine <Nord>");
        ((string?)manifest["start_url"]).ShouldBe("/");
        ((string?)manifest["display"]).ShouldBe("standalone");
        ((string?)manifest["shortcuts"]![0]!["name"]).ShouldBe("New ticket");
        foreach (var icon in manifest["icons"]!.AsArray())
        {
            using var picture = await client.GetAsync(new Uri((string)icon!["src"]!, UriKind.Relative));
            picture.Content.Headers.ContentType!.MediaType.ShouldBe((string?)icon["type"]);
        }

        await set.ExecuteAsync(Admin, " ", CancellationToken.None);
        ((string?)(await ManifestAsync(client, "fr-CA"))["name"]).ShouldBe($"Maintenance {new SiteOptions().Name}");
    }

    [Fact]
    public async Task Only_administrators_name_the_site_and_a_name_is_short()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var set = host.Service<SetSiteName>();
        await Should.ThrowAsync<ForbiddenException>(() => set.ExecuteAsync(Admin with { Role = Roles.Supervisor }, "Nord", CancellationToken.None));
        await Should.ThrowAsync<InvalidInputException>(() => set.ExecuteAsync(Admin, new string('x', SiteSettings.NameMaxLength + 1), CancellationToken.None));
    }

    private static async Task<JsonNode> ManifestAsync(HttpClient client, string language)
    {
        using var answer = await client.GetAsync(new Uri($"/manifest.webmanifest?lang={language}", UriKind.Relative));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/manifest+json");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
