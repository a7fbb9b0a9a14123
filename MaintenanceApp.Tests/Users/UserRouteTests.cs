using System.Net.Http.Headers;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Users;

public sealed class UserRouteTests
{
    private readonly FakeClock clock = new(new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc));

    [Theory, BothDatabases]
    public async Task Sign_in_takes_the_email_in_any_case_and_answers_token_and_account(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        var user = await host.Given.User(Roles.Planner, "Marc Ouellet", "Marc.O'Brien@Essai.invalid");
        using var client = host.CreateAnonymousClient();

        var answer = await client.Post("/api/auth/login", new { email = " mARC.o'bRIEN@essai.INVALID ", password = Given.Password });
        answer.Status.ShouldBe(200, answer.Json.ToJsonString());
        answer.Json["user"]!.AsObject().Select(field => field.Key).Take(7)
            .ShouldBe(["id", "email", "full_name", "role", "created_at", "updated_at", "last_login"]);
        ((string)answer.Json["user"]!["last_login"]!).ShouldBe("2026-11-22 12:00:00");

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)answer.Json["token"]!);
        ((int)(await client.Get("/api/auth/me")).Json["user"]!["id"]!).ShouldBe(user.Id);

        (await client.Post("/api/auth/login", new { email = user.Email, password = "faux" })).Error.ShouldBe("Email ou mot de passe incorrect");
        (await client.Post("/api/auth/login", new { email = "personne@essai.invalid", password = "faux" })).Status.ShouldBe(401);
        (await client.Post("/api/auth/login", new { email = user.Email })).Error.ShouldBe("Email et mot de passe requis");
    }

    [Fact]
    public async Task Routes_say_in_json_who_is_not_signed_in_and_who_may_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock);
        using var nobody = host.CreateAnonymousClient();
        using var viewer = await host.CreateClientAs(Roles.Viewer);

        var unknown = await nobody.Get("/api/tickets");
        (unknown.Status, unknown.Error).ShouldBe((401, "Authentification requise"));
        unknown.Response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        nobody.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "faux");
        (await nobody.Get("/api/tickets")).Status.ShouldBe(401);
        var refused = await viewer.Post("/api/machines", "{}");
        (refused.Status, refused.Error).ShouldBe((403, "Votre rôle ne permet pas cette action"));
    }

    [Theory]
    [BothDatabases("{\"role\":\"supervisor\"}")]
    [BothDatabases("{\"password\":\"un-autre-mot-de-passe\"}")]
    [BothDatabases("{\"is_active\":false}")]
    public async Task A_token_dies_with_the_account_its_role_or_its_password(DatabaseProvider provider, string change)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        var user = await host.Given.User(Roles.Technician);
        using var client = await host.CreateClientAs(user);
        using var admin = await host.CreateClientAs(Roles.Admin);
        (await client.Get("/api/auth/me")).Status.ShouldBe(200);

        (await admin.Put($"/api/users/{user.Id}", "{\"full_name\":\"Autre nom\"}")).Status.ShouldBe(200);
        (await client.Get("/api/auth/me")).Status.ShouldBe(200);

        (await admin.Put($"/api/users/{user.Id}", change)).Status.ShouldBe(200);
        (await client.Get("/api/auth/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_token_dies_after_twelve_hours()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock);
        using var client = await host.CreateClientAs(Roles.Viewer);

        clock.Advance(TimeSpan.FromHours(11.9));
        (await client.Get("/api/auth/me")).Status.ShouldBe(200);
        clock.Advance(TimeSpan.FromHours(0.2));
        (await client.Get("/api/auth/me")).Status.ShouldBe(401);
    }

    [Theory, BothDatabases]
    public async Task An_account_is_opened_changed_and_deactivated(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        using var admin = await host.CreateClientAs(Roles.Admin);

        var created = await admin.Post("/api/users", new { email = "sophie@essai.invalid", password = Given.Password, full_name = "Sophie Gagnon", role = "technician" });
        created.Status.ShouldBe(201, created.Json.ToJsonString());
        var id = (int)created.Json["user"]!["id"]!;
        ((string)created.Json["message"]!).ShouldNotBeNullOrEmpty();
        created.Json.ToJsonString().ShouldNotContain(Given.Password);

        var twice = await admin.Post("/api/users", new { email = "SOPHIE@essai.invalid", password = Given.Password, full_name = "Autre", role = "viewer" });
        (twice.Status, (string?)twice.Json["code"]).ShouldBe((409, "user.email_taken"));
        var other = await host.Given.User(email: "luc@essai.invalid");
        (await admin.Put($"/api/users/{other.Id}", new { email = "Sophie@Essai.invalid" })).Status.ShouldBe(409);
        (await admin.Put($"/api/users/{id}", new { email = "Sophie@Essai.invalid" })).Status.ShouldBe(200);

        (await admin.Delete($"/api/users/{id}")).Status.ShouldBe(200);
        using var nobody = host.CreateAnonymousClient();
        (await nobody.Post("/api/auth/login", new { email = "sophie@essai.invalid", password = Given.Password })).Status.ShouldBe(401);
        (await admin.Put($"/api/users/{id}", new { is_active = true })).Status.ShouldBe(200);
        (await nobody.Post("/api/auth/login", new { email = "sophie@essai.invalid", password = Given.Password })).Status.ShouldBe(200);

        (await admin.Get("/api/users")).Json["users"]!.AsArray().Select(user => (int)user!["id"]!).ShouldNotContain(User.TeamId);
        (await admin.Delete($"/api/users/{User.TeamId}")).Status.ShouldBe(409);
    }

    [Theory, BothDatabases]
    public async Task Somebody_can_always_administer(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, clock);
        var first = await host.Given.User(Roles.Admin);
        var second = await host.Given.User(Roles.Admin);
        using var asFirst = await host.CreateClientAs(first);
        using var asSecond = await host.CreateClientAs(second);

        ((string?)(await asFirst.Delete($"/api/users/{first.Id}")).Json["code"]).ShouldBe("user.self");
        ((string?)(await asFirst.Put($"/api/users/{first.Id}", new { role = "viewer" })).Json["code"]).ShouldBe("user.self");

        // Both take the other's role away at the same moment: at most one succeeds.
        var answers = await Task.WhenAll(
            asFirst.Put($"/api/users/{second.Id}", new { role = "viewer" }), asSecond.Put($"/api/users/{first.Id}", new { role = "viewer" }));
        answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join(" ", answers.Select(answer => answer.Json.ToJsonString())));
        (await database.ScalarAsync("SELECT COUNT(*) FROM users WHERE role = 'admin'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Sign_in_is_slowed_down_per_address()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock, new Dictionary<string, string?> { ["Auth:LoginPermitsPerMinute"] = "3" });
        using var client = host.CreateAnonymousClient();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await client.Post("/api/auth/login", new { email = "a@essai.invalid", password = "faux" })).Status.ShouldBe(401);
        }

        var refused = await client.Post("/api/auth/login", new { email = "a@essai.invalid", password = "faux" });
        refused.Status.ShouldBe(429);
        refused.Error.ShouldNotBeNullOrEmpty();
        refused.Response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }
}
