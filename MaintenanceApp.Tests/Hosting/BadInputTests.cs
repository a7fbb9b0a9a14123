using System.Text;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Hosting;

/// <summary>Whatever is sent, the answer is 400 (or 404, 413, 415) with words, never 500.</summary>
public sealed class BadInputTests(OneHost one) : IClassFixture<OneHost>
{
    private const string Valid = "\"title\":\"Bruit\",\"description\":\"Un bruit.\"";

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("\"texte\"")]
    [InlineData("{")]
    [InlineData("{\"title\":}")]
    [InlineData("{\"title\":\"a\",}")]
    [InlineData("{}")]
    [InlineData("{\"title\":\"ab\",\"description\":\"Un bruit.\",\"machine_id\":1}")]
    [InlineData("{\"title\":\"     \",\"description\":\"Un bruit.\",\"machine_id\":1}")]
    [InlineData("{\"title\":\"Bruit\",\"description\":\"    a    \",\"machine_id\":1}")]
    [InlineData("{" + Valid + "}")]
    [InlineData("{" + Valid + ",\"machine_id\":0}")]
    [InlineData("{" + Valid + ",\"machine_id\":-1}")]
    [InlineData("{" + Valid + ",\"machine_id\":987654}")]
    [InlineData("{" + Valid + ",\"machine_id\":99999999999999999999}")]
    [InlineData("{" + Valid + ",\"machine_id\":1.5}")]
    [InlineData("{" + Valid + ",\"machine_id\":\"un\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":[1]}")]
    [InlineData("{" + Valid + ",\"machine_id\":true}")]
    [InlineData("{\"title\":5,\"description\":\"Un bruit.\",\"machine_id\":1}")]
    [InlineData("{\"title\":{\"a\":1},\"description\":\"Un bruit.\",\"machine_id\":1}")]
    [InlineData("{\"title\":\"a\\u0000bcd\",\"description\":\"Un bruit.\",\"machine_id\":1}")]
    [InlineData("{\"title\":\"ab\\ud83dcd\",\"description\":\"Un bruit.\",\"machine_id\":1}")]
    [InlineData("{\"ab\\ud83dcd\":\"x\"," + Valid + ",\"machine_id\":987654}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"priority\":\"urgent\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"priority\":2}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"priority\":\"2\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"priority\":null}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"priority\":\"low,high\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"assigned_to\":-1}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"assigned_to\":\"moi\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"assigned_to\":98765}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"scheduled_date\":\"demain\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"scheduled_date\":\"2026-02-30\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"scheduled_date\":\"null\"}")]
    [InlineData("{" + Valid + ",\"machine_id\":1,\"scheduled_date\":20260101}")]
    public async Task A_ticket_that_makes_no_sense_is_refused_with_words(string body)
    {
        var host = one.Host;
        using var client = await host.CreateClientAs(Roles.Admin);
        await host.Given.Machine();

        var answer = await client.Post("/api/tickets", body);
        answer.Status.ShouldBe(400, answer.Json.ToJsonString());
        answer.Error.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory, BothDatabases]
    public async Task No_address_or_body_ends_in_500(MaintenanceApp.Data.DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database);
        using var client = await host.CreateClientAs(Roles.Admin);
        var ticket = await host.Given.Ticket();
        var long2001 = new string('a', 2001);

        (HttpMethod Method, string Path, object? Body, int Expected)[] calls =
        [
            (HttpMethod.Get, "/api/tickets?page=-1", null, 400),
            (HttpMethod.Get, "/api/tickets?page=0", null, 400),
            (HttpMethod.Get, "/api/tickets?page=deux", null, 400),
            (HttpMethod.Get, "/api/tickets?page=99999999999999", null, 400),
            (HttpMethod.Get, "/api/tickets?page_size=501", null, 400),
            (HttpMethod.Get, "/api/tickets?page_size=0", null, 400),
            (HttpMethod.Get, "/api/tickets?status=perdu", null, 400),
            (HttpMethod.Get, "/api/tickets?status=3", null, 400),
            (HttpMethod.Get, "/api/tickets?priority=urgent", null, 400),
            (HttpMethod.Get, "/api/tickets?machine=four", null, 400),
            (HttpMethod.Get, "/api/tickets?assigned_to=-1", null, 400),
            (HttpMethod.Get, "/api/tickets?assigned_to=99999999999", null, 400),
            (HttpMethod.Get, "/api/tickets?overdue=peut-être", null, 400),
            (HttpMethod.Get, "/api/tickets?sort=password", null, 400),
            (HttpMethod.Get, "/api/tickets?sort=title,title", null, 400),
            (HttpMethod.Get, "/api/tickets?sort=--title", null, 400),
            (HttpMethod.Get, "/api/tickets?sort=-", null, 400),
            (HttpMethod.Get, "/api/tickets?q=%00", null, 400),
            (HttpMethod.Get, $"/api/tickets?q={new string('a', 201)}", null, 400),
            (HttpMethod.Get, "/api/tickets?q=%FF%FE", null, 200),
            (HttpMethod.Get, $"/api/tickets?q={Uri.EscapeDataString(string.Join(' ', Enumerable.Range(10, 60)))}", null, 200),
            (HttpMethod.Get, "/api/tickets?page=&status=&sort=&q=&overdue=&machine=&assigned_to=", null, 200),
            (HttpMethod.Get, "/api/tickets/99999999999999999999", null, 404),
            (HttpMethod.Get, "/api/tickets/-1", null, 404),
            (HttpMethod.Get, "/api/tickets/n’existe%20pas", null, 404),
            (HttpMethod.Get, "/api/machines/abc", null, 400),
            (HttpMethod.Get, "/api/machines/99999999999999", null, 404),
            (HttpMethod.Get, "/api/rien", null, 404),
            (HttpMethod.Put, "/api/tickets", "{}", 405),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", "{\"title\":null}", 400),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", "{\"status\":null}", 400),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", "{\"status\":\"perdu\"}", 400),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", "{\"machine_id\":null}", 400),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", new { description = long2001 }, 400),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", "{\"version\":\"x\"}", 400),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", "{}", 200),
            (HttpMethod.Patch, $"/api/tickets/{ticket.Id}", "", 400),
            (HttpMethod.Patch, "/api/tickets/99999999999", "{}", 404),
            (HttpMethod.Delete, $"/api/tickets/{ticket.Id}?version=x", null, 400),
            (HttpMethod.Post, "/api/comments", "{\"ticket_id\":true,\"comment\":\"a\"}", 400),
            (HttpMethod.Post, "/api/comments", "{\"ticket_id\":1e400,\"comment\":\"a\"}", 404),
            (HttpMethod.Post, "/api/comments", $"{{\"ticket_id\":{ticket.Id},\"comment\":\"  \"}}", 400),
            (HttpMethod.Post, "/api/comments", new { ticket_id = ticket.Id, comment = long2001 }, 400),
            (HttpMethod.Post, "/api/comments", $"{{\"ticket_id\":{ticket.Id},\"comment\":\"a\\u0000\"}}", 400),
            (HttpMethod.Post, "/api/comments", "{\"ticket_id\":\"a\\u0000\",\"comment\":\"a\"}", 400),
            (HttpMethod.Post, "/api/machines", "{\"machine_type\":\"Four\"}", 400),
            (HttpMethod.Post, "/api/machines", "{\"machine_type\":\"Four\",\"model\":\"A\",\"status\":\"cassée\"}", 400),
            (HttpMethod.Post, "/api/machines", new { machine_type = long2001, model = "A" }, 400),
            (HttpMethod.Patch, "/api/machines/1", "{\"model\":\"\"}", 400),
            (HttpMethod.Patch, "/api/machines/x", "{}", 400),
            (HttpMethod.Post, "/api/users", "{\"email\":\"pas un courriel\",\"password\":\"dix-caracteres\",\"full_name\":\"A\",\"role\":\"admin\"}", 400),
            (HttpMethod.Post, "/api/users", "{\"email\":\"a@b.ca\",\"password\":\"court\",\"full_name\":\"A\",\"role\":\"admin\"}", 400),
            (HttpMethod.Post, "/api/users", "{\"email\":\"a@b.ca\",\"password\":\"dix-caracteres\",\"full_name\":\"A\",\"role\":\"dieu\"}", 400),
            (HttpMethod.Post, "/api/users", "{\"email\":\"a\\u0000@b.ca\",\"password\":\"dix-caracteres\",\"full_name\":\"A\",\"role\":\"admin\"}", 400),
            (HttpMethod.Put, "/api/users/abc", "{}", 400),
            (HttpMethod.Put, "/api/users/99999999999", "{}", 404),
            (HttpMethod.Put, "/api/users/1", "{\"is_active\":\"oui\"}", 400),
            (HttpMethod.Delete, "/api/users/98765", null, 404),
            (HttpMethod.Post, "/api/auth/login", "{\"email\":\"\",\"password\":\"\"}", 400),
            (HttpMethod.Post, "/api/auth/login", "{\"email\":5,\"password\":\"a\"}", 400),
            (HttpMethod.Post, "/api/auth/login", "{\"email\":\"a\\u0000\",\"password\":\"a\"}", 400),
            (HttpMethod.Post, "/api/auth/login", "{\"email\":\"\\ud800\",\"password\":\"a\"}", 400),
            (HttpMethod.Post, "/api/tickets", Encoding.Latin1.GetBytes("{\"title\":\"Fuité\",\"description\":\"Un bruit.\",\"machine_id\":1}"), 400),
            (HttpMethod.Post, "/api/tickets", new string('[', 100_000), 400),
            (HttpMethod.Post, "/api/tickets", "{\"title\":\"" + new string('a', 1_100_000) + "\"}", 413),
        ];
        foreach (var (method, path, body, expected) in calls)
        {
            var answer = await client.SendAsync(method, path, body);
            answer.Status.ShouldBe(expected, $"{method} {path} {(body is string { Length: < 200 } text ? text : "")} answered {answer.Json.ToJsonString()}");
            if (expected >= 400)
            {
                answer.Error.ShouldNotBeNullOrWhiteSpace($"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused_as_such()
    {
        var host = one.Host;
        using var client = await host.CreateClientAs(Roles.Admin);

        using var form = await client.PostAsync("/api/tickets", new FormUrlEncodedContent([new("title", "Bruit")]));
        ((int)form.StatusCode).ShouldBe(415);
        (await form.Content.ReadAsStringAsync()).ShouldContain("\"error\"");
    }

    [Theory]
    [InlineData("/login", "multipart/form-data", 400)]
    [InlineData("/login", "multipart/form-data; boundary=x", 400)]
    [InlineData("/login", "application/x-www-form-urlencoded", 400)]
    [InlineData("/setup", "application/x-www-form-urlencoded", 400)]
    [InlineData("/logout", "multipart/form-data; boundary=x", 302)]
    public async Task A_form_that_cannot_be_read_is_refused_with_a_page(string path, string contentType, int expected)
    {
        using var client = one.Host.CreateAnonymousClient();
        using var content = new StringContent(new string('a', 3000) + "=1");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var answer = await client.PostAsync(path, content);
        ((int)answer.StatusCode).ShouldBe(expected);
        if (expected == 400)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain("<html");
        }
    }

    [Fact]
    public async Task A_page_asked_for_with_a_form_that_cannot_be_read_is_still_the_page()
    {
        using var client = one.Host.CreateAnonymousClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login") { Content = new StringContent("{}") };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Words_name_the_field_and_what_is_allowed()
    {
        var host = one.Host;
        using var client = await host.CreateClientAs(Roles.Admin);

        (await client.Post("/api/tickets", "{" + Valid + ",\"machine_id\":\"x\"}")).Error.ShouldBe("Champ « machine_id » : un nombre entier est attendu");
        (await client.Post("/api/tickets", "{" + Valid + ",\"machine_id\":1,\"priority\":\"urgent\"}")).Error
            .ShouldBe("Champ « priority » : une de ces valeurs est attendue : low, medium, high, critical");
        (await client.Post("/api/tickets", "{" + Valid)).Error.ShouldBe("JSON invalide");
        (await client.Post("/api/tickets", null)).Error.ShouldBe("Le corps JSON est requis");
        (await client.Get("/api/machines/abc")).Error.ShouldBe("Paramètre « id » invalide");
        (await client.Get("/api/tickets?status=perdu")).Error!.ShouldContain("received, diagnostic");
    }
}
