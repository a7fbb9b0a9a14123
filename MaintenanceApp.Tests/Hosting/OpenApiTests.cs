using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Hosting;

public sealed class OpenApiTests
{
    [Theory]
    [InlineData("Testing")]
    [InlineData("Production")]
    public async Task The_document_describes_every_route_with_examples(string environment)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, environment: environment);
        using var client = host.CreateAnonymousClient();

        var answer = await client.Get("/openapi/v1.json");

        answer.Status.ShouldBe(200);
        var paths = answer.Json["paths"]!.AsObject();
        paths.Select(path => path.Key).ShouldAllBe(path => path.StartsWith("/api/"));
        foreach (var path in new[] { "/api/auth/login", "/api/auth/me", "/api/users", "/api/users/{id}", "/api/tickets", "/api/tickets/{id}", "/api/machines", "/api/machines/{id}", "/api/comments", "/api/comments/{id}", "/api/cron/check-overdue", "/api/webhooks/check-overdue-tickets" })
        {
            paths.ContainsKey(path).ShouldBeTrue(path);
        }

        foreach (var (path, operations) in paths)
        {
            foreach (var (method, operation) in operations!.AsObject().Where(pair => pair.Key is "get" or "post" or "put" or "patch" or "delete"))
            {
                ((string?)operation!["summary"]).ShouldNotBeNullOrWhiteSpace($"{method} {path}");
                (operation["security"] is not null).ShouldBe(path != "/api/auth/login", $"{method} {path}");
            }
        }

        var create = paths["/api/tickets"]!["post"]!;
        ((string?)create["requestBody"]!["content"]!["application/json"]!["example"]!["priority"]).ShouldBe("high");
        create["requestBody"]!["content"]!["application/json"]!["schema"].ShouldNotBeNull();
        ((string?)create["responses"]!["201"]!["content"]!["application/json"]!["example"]!["ticket"]!["status"]).ShouldBe("received");
        create["responses"]!.AsObject().Select(response => response.Key).ShouldBeSubsetOf(["201", "400", "401", "403"]);
        ((string?)answer.Json["components"]!["securitySchemes"]!["bearer"]!["scheme"]).ShouldBe("bearer");
    }
}
