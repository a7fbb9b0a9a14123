using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace MaintenanceApp.Hosting;

/// <summary>The language of this browser, for a year.</summary>
public static class LanguageCookie
{
    /// <param name="context">The answer carries the cookie.</param>
    /// <param name="language">A name of <see cref="Languages.All"/>; anything else changes nothing.</param>
    public static void Write(HttpContext context, string? language)
    {
        if (Languages.All.FirstOrDefault(known => known.Name == language) is not { } chosen)
        {
            return;
        }

        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Path = "/" });
    }
}
