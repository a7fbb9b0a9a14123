using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Hosting;

/// <summary>What a signed-in person meets while the database is away.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fr-CA", "La base de données ne répond pas")]
    [InlineData("en-CA", "The database does not answer")]
    public async Task A_page_answers_503_in_words_and_comes_back_by_itself(string language, string words)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Supervisor);
        await client.GetAsync($"/language?culture={language}&returnUrl=%2Flogin", Stop);
        (await client.GetAsync("/tickets", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        database.TakeAway();
        using var answer = await client.GetAsync("/tickets", Stop);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        page.ShouldContain($"<h1>{words}");
        page.ShouldContain("http-equiv=\"refresh\" content=\"5\"");

        database.BringBack();
        (await client.GetAsync("/tickets", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Logs.ShouldNotContain(line => line.Contains("   at ", StringComparison.Ordinal) && line.StartsWith("/tickets", StringComparison.Ordinal), "one line is enough for what is not the application's fault");
    }

    [Fact]
    public async Task A_route_answers_503_with_its_words_and_when_to_ask_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Supervisor);
        database.TakeAway();

        using var answer = await client.PostAsJsonAsync("/api/machines", new { machine_type = "Four", model = "Neuf" }, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("La base de données ne répond pas, rien n’a été enregistré");
        database.BringBack();
    }

    [Fact]
    public async Task What_is_the_same_for_everybody_asks_the_database_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Supervisor);
        database.TakeAway();

        (await client.GetAsync("/css/app.css", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/health/live", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetStringAsync("/health/live", Stop)).ShouldNotContain("<html");
        using var ready = await client.GetAsync("/health/ready", Stop);
        (await ready.Content.ReadAsStringAsync(Stop)).ShouldStartWith("{");
        database.BringBack();
    }

    [Fact]
    public async Task Whoever_is_signed_in_on_an_open_page_stays_so_until_the_database_says_otherwise()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var user = await host.Given.User();
        await using var scope = host.Services.CreateAsyncScope();
        var account = (LiveAccount)scope.ServiceProvider.GetRequiredService<IClaimsTransformation>();
        var person = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, $"{user.Id}"), new(ClaimTypes.Role, user.Role), new("AspNet.Identity.SecurityStamp", user.SecurityStamp!)], "test"));
        (await account.StaysSignedInAsync(person, Stop)).ShouldBeTrue();

        database.TakeAway();
        (await account.StaysSignedInAsync(person, Stop)).ShouldBeTrue("nobody can tell");
        database.BringBack();
        await database.ExecuteAsync($"UPDATE users SET role = 'viewer' WHERE id = {user.Id}");
        (await account.StaysSignedInAsync(person, Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Open_pages_hear_that_it_is_away_and_that_it_is_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, new FakeClock());
        using var client = await host.CreateClientAs(Roles.Supervisor);
        var (state, heard) = (host.Service<DatabaseState>(), new List<bool>());
        using var subscription = host.Service<LiveUpdates>().Subscribe(message =>
        {
            if (message is DatabaseChanged changed)
            {
                lock (heard)
                {
                    heard.Add(changed.IsAway);
                }
            }
        });
        database.TakeAway();
        (await client.GetAsync("/api/machines", Stop)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        state.AwaySince.ShouldNotBeNull();
        database.BringBack();
        (await client.GetAsync("/api/machines", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        state.AwaySince.ShouldBeNull();
        heard.ShouldBe([true, false]);
    }
}
