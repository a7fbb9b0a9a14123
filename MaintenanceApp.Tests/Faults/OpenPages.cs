using System.Diagnostics;
using System.Text.RegularExpressions;
using MaintenanceApp.Tests.Browser;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Every page of the application open at once by one administrator, half-typed texts and a secret shown once among them.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private const string Typed = "À moitié tapé";
    private const string Away = "La base de données ne répond pas";
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(10);

    private readonly BrowserHost host;
    private readonly AppPage admin;
    private readonly HttpClient client;
    private readonly Dictionary<string, (AppPage Window, string Url)> windows = [];
    private string secret = "";
    private string ticketId = "";
    private int openTickets;

    private OpenPages(BrowserHost host, AppPage admin, HttpClient client) => (this.host, this.admin, this.client) = (host, admin, client);

    public int Count => windows.Count;

    public static async Task<OpenPages> OpenAsync(BrowserHost host)
    {
        var client = new HttpClient { BaseAddress = host.Url, Timeout = TimeSpan.FromMinutes(2) };
        var caller = await host.App.Given.User(Roles.Supervisor);
        var token = (string?)(await client.Post("/api/auth/login", new { email = caller.Email, password = Given.Password })).Json["token"];
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var pages = new OpenPages(host, await host.OpenAsAsync(Roles.Admin), client);
        foreach (var site in (await SitePages.AllAsync(host)).Where(site => site.HasCircuit))
        {
            var window = new AppPage(await pages.admin.Page.Context.NewPageAsync(), host.Url);
            (await window.GoAsync(site.Path)).ShouldBe(200, site.Name);
            pages.windows[site.Name] = (window, window.Page.Url);
        }

        pages.ticketId = Uri.UnescapeDataString(new Uri(pages.windows["ticket"].Url).Segments[^1]);
        pages.openTickets = await host.FindAsync(db => db.Tickets.CountAsync(MaintenanceApp.Tickets.TicketRules.IsOpen));
        await pages.TypeAsync();
        return pages;
    }

    /// <returns>How long it took until the last page said it.</returns>
    public async Task<TimeSpan> UntilEachSaysItAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(windows.Values.Select(open => Assertions.Expect(open.Window.Page.Locator(".silence", new() { HasText = Away })).ToBeVisibleAsync()));
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>A route, three pages and, where nothing can be read either, a page that is opened only now.</summary>
    /// <returns>How long the route took to refuse.</returns>
    public async Task<TimeSpan> WriteAsync()
    {
        var pages = Task.WhenAll(
            WriteAndReadAsync("ticket", page => page.Locator("#ticket-status").SelectOptionAsync("Completed")),
            WriteAndReadAsync("machine", page => page.Locator(".acts button.btn").First.ClickAsync()),
            WriteAndReadAsync("preferences", page => page.Locator("input[role=switch]").ClickAsync()));
        var began = Stopwatch.GetTimestamp();
        var answer = await client.Post("/api/machines", new { machine_type = "Four", model = Guid.NewGuid().ToString("N") });
        var elapsed = Stopwatch.GetElapsedTime(began);
        answer.Status.ShouldBe(503, answer.Error);
        answer.Error.ShouldNotBeNull().ShouldContain(Away);
        answer.Response.Headers.RetryAfter.ShouldNotBeNull();
        await pages;
        return elapsed;
    }

    public static async Task UntilAsync(long began, TimeSpan lasts)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (Stopwatch.GetElapsedTime(began) < lasts)
        {
            await tick.WaitForNextTickAsync();
        }
    }

    /// <summary>Every page is where it was, nobody has to sign in, what was typed and what is shown once stand there.</summary>
    public async Task ShouldHaveLostNothingAsync()
    {
        foreach (var (name, (window, url)) in windows)
        {
            window.Page.Url.ShouldBe(url, name);
            (await window.Page.Locator("#blazor-error-ui:visible").CountAsync()).ShouldBe(0, $"{name} has stopped");
            (await window.Page.Locator("main").GetByText("Une erreur est survenue").CountAsync()).ShouldBe(0, $"{name} has become an error");
            (await window.Page.Locator("input[name=password]").CountAsync()).ShouldBe(0, $"{name} asks to sign in");
        }

        await Assertions.Expect(windows["ticket"].Window.Page.Locator("#comment")).ToHaveValueAsync(Typed);
        await Assertions.Expect(windows["new-ticket"].Window.Page.Locator("#title")).ToHaveValueAsync(Typed);
        await Assertions.Expect(windows["site-settings"].Window.Page.Locator("#site-name")).ToHaveValueAsync(Typed);
        await Assertions.Expect(windows["settings"].Window.Page.Locator(".once code")).ToHaveTextAsync(secret);
    }

    /// <summary>Something changes: every page shows it without being touched.</summary>
    /// <returns>How long after the end of the fault the last page did.</returns>
    public async Task<TimeSpan> UntilEachIsLiveAsync()
    {
        var ended = Stopwatch.GetTimestamp();
        var mark = $"Vu {Guid.NewGuid().ToString("N")[..8]}";
        await UntilSavedAsync(() => client.Patch($"/api/tickets/{Uri.EscapeDataString(ticketId)}", new { title = mark }), 200);
        var machine = await host.FindAsync(db => db.Machines.Select(row => row.Id).FirstAsync());
        await UntilSavedAsync(
            () => client.Post("/api/tickets", new { title = mark, description = "Ouvert après la panne", machine_id = machine, priority = "low", reporter_name = "Essai" }), 201);

        await UntilSavedAsync(() => client.Patch($"/api/machines/{machine}", new { location = mark }), 200);
        var trashed = $"{mark} jeté";
        var gone = await client.Post("/api/tickets", new { title = trashed, description = "Jeté après la panne", machine_id = machine, priority = "low", reporter_name = "Essai" });
        await UntilSavedAsync(() => client.Delete($"/api/tickets/{(int)gone.Json["ticket"]!["id"]!}"), 200);

        var options = new LocatorAssertionsToHaveTextOptions { Timeout = (float)BackWithin.TotalMilliseconds };
        var counted = new Regex($@"^\s*{openTickets + 1}\D");
        await Task.WhenAll(
            [
                .. windows.Values.Select(open => Assertions.Expect(open.Window.Page.Locator(".rail a[href='/tickets'] .count")).ToHaveTextAsync(counted, options)),
                .. windows.Values.Select(open => Assertions.Expect(open.Window.Page.Locator(".silence", new() { HasText = Away })).ToHaveCountAsync(0, new() { Timeout = options.Timeout })),
                .. new[] { "ticket", "tickets", "board", "machine", "overview" }.Select(name =>
                    Assertions.Expect(windows[name].Window.Page.Locator("main").GetByText(mark).First).ToBeVisibleAsync(new() { Timeout = options.Timeout })),
                Assertions.Expect(windows["trash"].Window.Page.Locator("main").GetByText(trashed)).ToBeVisibleAsync(new() { Timeout = options.Timeout }),
                Assertions.Expect(windows["machines"].Window.Page.Locator("main").GetByText(mark).Locator("visible=true").First).ToBeVisibleAsync(new() { Timeout = options.Timeout }),
            ]);
        var elapsed = Stopwatch.GetElapsedTime(ended);
        elapsed.ShouldBeLessThan(BackWithin);
        return elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await admin.DisposeAsync();
    }

    private async Task TypeAsync()
    {
        await windows["ticket"].Window.Page.FillAsync("#comment", Typed);
        await windows["new-ticket"].Window.Page.FillAsync("#title", Typed);
        await windows["site-settings"].Window.Page.FillAsync("#site-name", Typed);
        var settings = windows["settings"].Window.Page;
        await settings.Locator("#cron form button.btn").Last.ClickAsync();
        await settings.Locator("#cron dialog[open] .danger, #cron dialog[open] .primary, #cron .once code").First.WaitForAsync();
        if (await settings.Locator("#cron dialog[open]").CountAsync() > 0)
        {
            await settings.Locator("#cron dialog[open] .danger, #cron dialog[open] .primary").ClickAsync();
        }

        secret = await settings.Locator(".once code").InnerTextAsync();
    }

    /// <summary>What a person asks for in this time is refused in words.</summary>
    private async Task WriteAndReadAsync(string name, Func<IPage, Task> ask)
    {
        var page = windows[name].Window.Page;
        await ask(page);
        await Assertions.Expect(page.Locator("main .problem, main .err, .toast").GetByText(Away).First).ToBeVisibleAsync(new() { Timeout = 50_000 });
    }

    private static async Task UntilSavedAsync(Func<Task<JsonAnswer>> save, int status)
    {
        var began = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        JsonAnswer answer;
        do
        {
            answer = await save();
        }
        while (answer.Status == 503 && Stopwatch.GetElapsedTime(began) < BackWithin && await tick.WaitForNextTickAsync());
        answer.Status.ShouldBe(status, answer.Error);
    }
}
