using MaintenanceApp.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>Who may call what, read from the running application's own list of endpoints.</summary>
public sealed class EndpointTests
{
    /// <summary>Open without sign-in, and why. Everything else wants an account.</summary>
    private static readonly Dictionary<string, string> Anonymous = new()
    {
        ["/login"] = "sign-in",
        ["/login/demo"] = "accounts of the demo factory, Development only",
        ["/logout"] = "sign-out, also after the session has expired",
        ["/setup"] = "first administrator, guarded by a one-time code",
        ["/error"] = "what went wrong, without details",
        ["/not-found"] = "no such page",
        ["/manifest.webmanifest"] = "name and icons of the installed application",
        ["/language"] = "language of the sign-in page",
        ["/dev/inbox"] = "local receiver, Development only",
        ["/dev/hook"] = "local receiver, Development only",
        ["/openapi/{documentName}.json"] = "description of the routes, without any data",
        ["/api/auth/login"] = "sign-in",
        ["/api/cron/check-overdue"] = "its own bearer secret",
        ["/api/cron/runs/{id}"] = "its own bearer secret",
        ["/health/live"] = "probe",
        ["/health/ready"] = "probe",
    };

    /// <summary>The router's own answer to a file that does not exist.</summary>
    private const string MissingFile = "/{**path:file}";

    [Fact]
    public async Task Only_the_listed_routes_and_pages_are_open_to_everyone()
    {
        foreach (var environment in new[] { "Testing", "Development" })
        {
            await using var database = await TestDatabase.CreateAsync();
            await using var host = new AppHost(database, environment: environment);
            Endpoints(host)
                .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                .Select(Path)
                .Except(Anonymous.Keys)
                .ShouldBeEmpty($"open in {environment}");
        }
    }

    [Fact]
    public async Task A_route_without_a_policy_still_wants_an_account()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        var policy = await host.Service<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        policy.ShouldNotBeNull().Requirements.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Every_route_and_page_says_what_it_asks_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        Endpoints(host)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Where(endpoint => !Path(endpoint).StartsWith("/_", StringComparison.Ordinal) && Path(endpoint) != MissingFile)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            .Select(endpoint => endpoint.DisplayName)
            .ShouldBeEmpty("RequireAuthorization(Permissions.…), [Authorize(Policy = …)], or the list of open routes above");
    }

    [Fact]
    public async Task Nobody_changes_anything_without_sign_in()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database);
        using var client = host.CreateAnonymousClient();
        foreach (var endpoint in Endpoints(host).Where(endpoint => Path(endpoint).StartsWith("/api/", StringComparison.Ordinal) && !Anonymous.ContainsKey(Path(endpoint))))
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var path = Path(endpoint).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal);
                using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("/id", "/1", StringComparison.Ordinal));
                using var response = await client.SendAsync(request);
                ((int)response.StatusCode).ShouldBe(401, $"{method} {path}");
            }
        }
    }

    private static IEnumerable<RouteEndpoint> Endpoints(AppHost host) => host.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        .Where(endpoint => !Path(endpoint).StartsWith("/_content/", StringComparison.Ordinal) && !Path(endpoint).StartsWith("/_framework/", StringComparison.Ordinal));

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.Trim('/');
}
