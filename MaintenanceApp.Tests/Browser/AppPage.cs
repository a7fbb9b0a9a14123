using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>One browser window on the application. Everything that goes wrong in the page is kept in <see cref="Errors"/>.</summary>
public sealed class AppPage : IAsyncDisposable
{
    private const string Interactive = "html[data-interactive=true]";

    private static readonly Lazy<string> AxeScript = new(() => new BundledAxeScriptProvider().GetScript());

    private readonly Uri root;
    private readonly List<string> errors = [];

    internal AppPage(IPage page, Uri root)
    {
        Page = page;
        this.root = root;
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Keep($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Keep($"script: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Keep($"{response.Status} {response.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Console errors, script errors and failed requests since the last <see cref="ForgetErrors"/>.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (errors)
            {
                return [.. errors];
            }
        }
    }

    public void ForgetErrors()
    {
        lock (errors)
        {
            errors.Clear();
        }
    }

    /// <summary>Opens an address of the application and waits until it answers clicks.</summary>
    /// <returns>The HTTP status.</returns>
    public async Task<int> GoAsync(string path, bool isInteractive = true)
    {
        var response = await Page.GotoAsync(new Uri(root, path).ToString());
        if (isInteractive)
        {
            await UntilInteractiveAsync();
        }

        return response?.Status ?? 0;
    }

    /// <summary>A click before the circuit is up is lost: wait for the page's own mark.</summary>
    public async Task UntilInteractiveAsync()
    {
        try
        {
            await Page.WaitForSelectorAsync(Interactive, new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Page.Url} did not become interactive. Errors: {string.Join("; ", Errors)}");
        }
    }

    /// <summary>Through the sign-in page, as a person does.</summary>
    public async Task SignInAsync(User user, string password = Given.Password)
    {
        await GoAsync("/login", isInteractive: false);
        await Page.FillAsync("input[name=email]", user.Email!);
        await Page.FillAsync("input[name=password]", password);
        await Page.Locator("form", new PageLocatorOptions { Has = Page.Locator("input[name=password]") }).Locator("button:not([type=button])").First.ClickAsync();

        // Asked again until it is so: WaitForURLAsync misses a navigation that ends between its look and its subscription.
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("^(?!.*/login)"));
        await Page.WaitForLoadStateAsync();
    }

    /// <summary>axe-core, every rule of WCAG 2.2 AA and the good practices; see https://dequeuniversity.com/rules/axe/.</summary>
    /// <param name="situation">For the message.</param>
    /// <param name="withContrast">The contrast of colours takes most of the time.</param>
    public Task ShouldBeAccessibleAsync(string situation, bool withContrast = true) =>
        ShouldPassAxeAsync(new { rules = new Dictionary<string, object> { ["color-contrast"] = new { enabled = withContrast } } }, situation);

    /// <summary>The colours of a theme, without loading the page again; the other rules do not depend on it.</summary>
    public async Task ShouldHaveContrastAsync(string theme, string situation)
    {
        await Page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);
        await ShouldPassAxeAsync(new { runOnly = new[] { "color-contrast" } }, situation);
    }

    /// <summary>Buttons and fields are 44 px high or wide enough for a finger (WCAG 2.5.5); links inside sentences and cells are text.</summary>
    public async Task ShouldHaveTargetsForFingersAsync(string situation)
    {
        var tooSmall = await Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, summary, select, .btn, .icon-btn, .pick, .bottombar a, input:not([type=checkbox], [type=radio], [type=hidden]), textarea')]
              .filter(element => element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !element.closest('.sr, p, .styleguide-page') && getComputedStyle(element.closest('thead') ?? element).clipPath === 'none')
              .map(element => [element, (element.closest('label, .chip') ?? element).getBoundingClientRect()])
              .filter(([, box]) => box.width > 1 && box.height < 43.5)
              .map(([element, box]) => `${element.tagName.toLowerCase()}.${element.className} ${Math.round(box.width)}×${Math.round(box.height)}: ${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30)}`)
            """);
        tooSmall.ShouldBeEmpty(situation);
    }

    /// <summary>Nothing is wider than the window.</summary>
    public async Task ShouldNotScrollSidewaysAsync(string situation)
    {
        var tooWide = await Page.EvaluateAsync<string[]>(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > width + 0.5)
                .map(element => `${element.tagName.toLowerCase()}.${element.getAttribute('class')} ends at ${Math.round(element.getBoundingClientRect().right)}`);
            }
            """);
        tooWide.ShouldBeEmpty(situation);
    }

    /// <summary>With MAINTENANCE_LAST_VIEW=folder every window leaves a picture and its errors there: for finding out why a test waited.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("MAINTENANCE_LAST_VIEW") is { Length: > 0 } folder)
        {
            var name = Path.Combine(folder, $"{TestContext.Current.TestMethod?.MethodName}-{Guid.NewGuid().ToString("N")[..4]}");
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = name + ".png" });
            await File.WriteAllLinesAsync(name + ".txt", [Page.Url, .. Errors]);
        }

        await Page.Context.CloseAsync();
    }

    /// <summary>
    /// Asks axe itself: the package for Playwright loads the script into a second window for every answer, and the paths of
    /// all that passes take longer to write than the rules to check.
    /// </summary>
    private async Task ShouldPassAxeAsync(object options, string situation)
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(AxeScript.Value);
        }

        var violations = await Page.EvaluateAsync<string[]>(
            """
            async options => (await axe.run(document, { ...options, resultTypes: ['violations'] })).violations.map(violation =>
              [`${violation.id}: ${violation.help}`, ...violation.nodes.slice(0, 5).map(node =>
                `    ${node.target} → ${node.html} ${[...node.any, ...node.all].map(check => check.message).join(' · ')}`)].join('\n'))
            """,
            options);
        string.Join('\n', violations).ShouldBeEmpty(situation);
    }

    private void Keep(string error)
    {
        lock (errors)
        {
            errors.Add(error);
        }
    }
}
