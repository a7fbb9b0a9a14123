using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Hosting;

/// <summary>Languages, the site's time zone and name. The choice of a person is a cookie; the browser's list is not asked.</summary>
public static class LocalizationFeature
{
    public static IServiceCollection AddSiteLocalization(this IServiceCollection services)
    {
        services.AddSingleton<SiteClock>();
        services.AddSingleton<SiteName>();
        services.AddSingleton<SiteNameReader>();
        services.AddLocalization();
        services.AddOptions<RequestLocalizationOptions>().Configure<IOptions<SiteOptions>>((options, site) =>
        {
            options.DefaultRequestCulture = new RequestCulture(site.Value.Culture);
            options.SupportedCultures = [.. Languages.All];
            options.SupportedUICultures = [.. Languages.All];
            options.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
        return services;
    }

    /// <summary><c>GET /language?culture=en-CA&amp;returnUrl=/tickets</c>: sets the cookie and goes back.</summary>
    public static IEndpointRouteBuilder MapLanguage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/language", (string? culture, string? returnUrl, HttpContext context) =>
        {
            LanguageCookie.Write(context, culture);
            return Results.LocalRedirect(LocalUrl.OrHome(returnUrl));
        }).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}

/// <summary>Return addresses come from the address bar: only ones of this site are followed.</summary>
public static class LocalUrl
{
    /// <summary>The address where it is a path of this site (<c>/tickets?q=a</c>), else <c>/</c>.</summary>
    public static string OrHome(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
