using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MaintenanceApp.Jobs;
using MaintenanceApp.Overdue;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// The real application on a test's own database, in memory (for a real port see Browser/). Hangfire does not run
/// unless asked: tests start scans and dispatches themselves. Settings are the keys of the configuration table.
/// </summary>
public sealed class AppHost(
    TestDatabase database,
    TimeProvider? clock = null,
    IReadOnlyDictionary<string, string?>? settings = null,
    bool withJobs = false,
    string environment = "Testing") : WebApplicationFactory<Program>
{
    /// <summary>PBKDF2 rounds of the accounts made by tests.</summary>
    public const int PasswordIterations = 1_000;

    private readonly ConcurrentDictionary<string, Task<string>> tokens = new();
    private readonly LogLines logs = new();

    public TestDatabase Database => database;

    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    public Given Given { get; } = new(database, clock ?? TimeProvider.System);

    /// <summary>Everything logged so far, one formatted message per entry.</summary>
    public IReadOnlyCollection<string> Logs => logs.Lines;

    /// <summary>The application's own service, as its pages and jobs get it.</summary>
    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A client without redirects and without sign-in.</summary>
    public HttpClient CreateAnonymousClient() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>A client with the bearer token of an account of this role, made on first use.</summary>
    public async Task<HttpClient> CreateClientAs(string role)
    {
        var token = await tokens.GetOrAdd(role, async wanted => await SignInAsync(await Given.User(wanted, name: $"Essai {wanted}")));
        return CreateClientWithToken(token);
    }

    public async Task<HttpClient> CreateClientAs(User user, string password = Given.Password) =>
        CreateClientWithToken(await SignInAsync(user, password));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Database:Provider", database.Provider.ToString());
        builder.UseSetting("ConnectionStrings:Maintenance", database.ConnectionString);
        builder.UseSetting("DataProtection:KeysDirectory", TestDatabase.TemporaryPath(".keys"));
        builder.UseSetting("Files:Directory", TestDatabase.TemporaryPath(".files"));
        builder.UseSetting("Demo:Enabled", "false");
        builder.UseSetting("Auth:LoginPermitsPerMinute", "1000");
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            builder.UseSetting(key, value);
        }

        builder.UseStaticWebAssets();
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(logs));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(Clock);
            if (Clock is FakeClock { OwnsTime: false })
            {
                // Tests that move the date mean time that passes, not somebody who sets the clock.
                services.AddSingleton(new ClockGuard(TimeProvider.System));
            }

            services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);
            services.AddSingleton(new JobServerSwitch(withJobs));
        });
    }

    private HttpClient CreateClientWithToken(string token)
    {
        var client = CreateAnonymousClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<string> SignInAsync(User user, string password = Given.Password)
    {
        using var client = CreateAnonymousClient();
        using var response = await client.PostAsJsonAsync("/api/auth/login", new { email = user.Email, password });
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? (string)JsonNode.Parse(text)!["token"]!
            : throw new InvalidOperationException($"Sign-in of {user.Email} ({user.Role}) answered {(int)response.StatusCode}: {text}");
    }
}
