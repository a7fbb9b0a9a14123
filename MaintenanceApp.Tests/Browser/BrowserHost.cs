using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>Browser tests run one after the other: they share a browser and the demo factory.</summary>
[CollectionDefinition(Name)]
public sealed class InBrowser : ICollectionFixture<BrowserHost>
{
    public const string Name = "Browser";
}

/// <summary>The checks of every page, beside the journeys: a browser and a factory of their own, so that both cores are used.</summary>
[CollectionDefinition(Name)]
public sealed class OnEveryPage : ICollectionFixture<BrowserHost>
{
    public const string Name = "Browser, every page";
}

/// <summary>
/// What a newcomer gets from <c>dotnet run</c>: the demo factory with its local inbox and its jobs, on a real port, and Chromium.
/// </summary>
public sealed class BrowserHost : IAsyncLifetime
{
    public const string ChromiumVariable = "CHROMIUM";

    private TestDatabase? database;
    private AppHost? app;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A database of the test's own; null = a new SQLite file.</summary>
    internal TestDatabase? On { get; init; }

    public AppHost App => app ?? throw NotStarted();

    public Uri Url { get; private set; } = new("about:blank");

    private static string Chromium => Environment.GetEnvironmentVariable(ChromiumVariable) is { Length: > 0 } path ? path : "/usr/bin/chromium";

    public async ValueTask InitializeAsync()
    {
        database = On ?? await TestDatabase.CreateAsync();
        app = new AppHost(database, settings: new Dictionary<string, string?> { ["Demo:Enabled"] = "true" }, withJobs: true, environment: "Development");
        app.UseKestrel(0);
        app.StartServer();
        var address = new Uri(app.Service<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Url = new Uri($"http://127.0.0.1:{address.Port}");
        playwright = await Playwright.CreateAsync();

        // As long as a page waits for anything else: a busy machine is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(30_000);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        });
    }

    /// <summary>A fresh window, nobody signed in. Whatever the browser asks for, the site starts in French: English is chosen as a person does.</summary>
    /// <param name="width">CSS pixels.</param>
    /// <param name="height">CSS pixels.</param>
    /// <param name="theme">What the system prefers: light or dark.</param>
    /// <param name="language">fr-CA or en-CA.</param>
    /// <param name="root">Another host of the test's own; null = the shared one.</param>
    /// <param name="isInstallable">True lets the page register its service worker.</param>
    public async Task<AppPage> OpenAsync(int width = 1280, int height = 800, string theme = "light", string language = "fr-CA", Uri? root = null, bool isInstallable = false)
    {
        var context = await (browser ?? throw NotStarted()).NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            Locale = language,
            TimezoneId = "America/Toronto",
            ReducedMotion = ReducedMotion.Reduce,

            // A service worker stands between the page and the tests that cut its connection.
            ServiceWorkers = isInstallable ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        var page = new AppPage(await context.NewPageAsync(), root ?? Url);
        if (language == "en-CA")
        {
            await page.GoAsync($"/language?culture={language}&returnUrl=%2Flogin", isInteractive: false);
        }

        return page;
    }

    /// <summary>A window in which an account of this role is signed in.</summary>
    public async Task<AppPage> OpenAsAsync(string role = Roles.Admin, int width = 1280, int height = 800, string theme = "light", string language = "fr-CA")
    {
        var page = await OpenAsync(width, height, theme, language);
        await page.SignInAsync(await App.Given.User(role, name: "Camille Essai"));
        return page;
    }

    /// <summary>A value of the demo factory, such as a ticket's number for an address.</summary>
    public async Task<T> FindAsync<T>(Func<AppDb, Task<T>> query)
    {
        await using var db = await App.Service<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await query(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (app is not null)
        {
            if (Environment.GetEnvironmentVariable("MAINTENANCE_LAST_VIEW") is { Length: > 0 } folder)
            {
                await File.WriteAllLinesAsync(Path.Combine(folder, "host.log"), app.Logs);
            }

            await app.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    private static InvalidOperationException NotStarted() => new("The browser host has not started.");
}
