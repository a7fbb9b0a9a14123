using System.Globalization;
using MaintenanceApp.Hosting;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components;

/// <summary>An icon of the installed application; see https://www.w3.org/TR/appmanifest/#manifest-image-resources.</summary>
public sealed record ManifestIcon(string Src, string Sizes, string Type, string Purpose = "any");

/// <summary>An entry of the installed application's menu.</summary>
public sealed record ManifestShortcut(string Name, string Url);

/// <summary>What makes the site installable; see https://www.w3.org/TR/appmanifest/. The name is the site's, from its settings.</summary>
public sealed record WebManifest(string Name, string ShortName, string Description, string Lang, IReadOnlyList<ManifestShortcut> Shortcuts)
{
    public string Id => "/";

    public string StartUrl => "/";

    public string Scope => "/";

    public string Display => "standalone";

    public string BackgroundColor => "#f1f4f2";

    public string ThemeColor => "#0c2b28";

    public IReadOnlyList<ManifestIcon> Icons { get; } =
    [
        new("/icons/icon-192.png", "192x192", "image/png"),
        new("/icons/icon-512.png", "512x512", "image/png"),
        new("/icons/maskable-512.png", "512x512", "image/png", "maskable"),
        new("/favicon.svg", "any", "image/svg+xml"),
    ];
}

/// <summary><c>GET /manifest.webmanifest?lang=en-CA</c>: open to everybody, like the sign-in page that shows the same name.</summary>
public static class WebManifestRoute
{
    public static IEndpointRouteBuilder MapWebManifest(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manifest.webmanifest", async (
            string? lang, SiteName site, SiteNameReader names, IStringLocalizer<ShellTexts> texts, IStringLocalizer<SharedTexts> shared, CancellationToken cancellationToken) =>
        {
            // Browsers ask for it without cookies: the page says in which language.
            CultureInfo.CurrentUICulture = Languages.All.FirstOrDefault(language => language.Name == lang) ?? CultureInfo.CurrentUICulture;
            await names.RefreshAsync(cancellationToken);
            return Results.Json(
                new WebManifest(
                    $"Maintenance {site.Current}",
                    "Maintenance",
                    texts["ManifestDescription"],
                    CultureInfo.CurrentUICulture.Name,
                    [new(shared["NewTicket"], "/tickets/new"), new(texts["ManifestOverdue"], "/tickets?view=overdue")]),
                contentType: "application/manifest+json");
        }).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}
