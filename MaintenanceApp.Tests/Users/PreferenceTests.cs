using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Users;

public sealed partial class PreferenceTests
{
    [Fact]
    public async Task They_are_saved_per_account_and_their_language_is_applied_at_sign_in()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var user = await host.Given.User(Roles.Technician);
        var other = await host.Given.User(Roles.Technician);
        var save = host.Service<SavePreferences>();
        var actor = new Actor(user.Id, user.FullName, user.Role);
        (await host.Service<PreferenceQueries>().FindAsync(user.Id, CancellationToken.None)).ShouldBe(Preferences.Usual);

        await save.ExecuteAsync(actor, new Preferences("en-CA", Preferences.Compact, SingleKeys: true), CancellationToken.None);
        await save.ExecuteAsync(actor, new Preferences("en-CA", Preferences.Compact, SingleKeys: false), CancellationToken.None);

        (await host.Service<PreferenceQueries>().FindAsync(user.Id, CancellationToken.None)).ShouldBe(new Preferences("en-CA", Preferences.Compact, SingleKeys: false));
        (await host.Service<PreferenceQueries>().FindAsync(other.Id, CancellationToken.None)).ShouldBe(Preferences.Usual);
        (await LanguageAfterSignInAsync(host, user)).ShouldContain("c%3Den-CA");
        (await LanguageAfterSignInAsync(host, other)).ShouldBeEmpty("nothing was chosen: the browser's stays");
    }

    [Theory]
    [InlineData("de-DE", "compact")]
    [InlineData(null, "tiny")]
    public async Task Unknown_values_are_refused(string? language, string density)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        await Should.ThrowAsync<InvalidInputException>(() => host.Service<SavePreferences>().ExecuteAsync(Given.Planner, new Preferences(language, density, true), CancellationToken.None));
    }

    private static async Task<string> LanguageAfterSignInAsync(AppHost host, User user)
    {
        using var client = host.CreateAnonymousClient();
        var token = TokenField().Match(await client.GetStringAsync(new Uri("/login", UriKind.Relative))).Groups["value"].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = user.Email!, ["password"] = Given.Password, ["__RequestVerificationToken"] = token });
        using var answer = await client.PostAsync(new Uri("/login", UriKind.Relative), form);
        ((int)answer.StatusCode).ShouldBe(302);
        return answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Concat(cookies.Where(cookie => cookie.StartsWith(".AspNetCore.Culture", StringComparison.Ordinal))) : "";
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]+)""")]
    private static partial Regex TokenField();
}
