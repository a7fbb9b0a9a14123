using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Users;

/// <summary>
/// Bearer tokens for routes: opaque, encrypted with Data Protection, read back by ASP.NET Core's own bearer handler.
/// Issued here because the answer of <c>POST /api/auth/login</c> keeps the shape of the system this replaces.
/// </summary>
public sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public string IssueFor(ClaimsPrincipal principal)
    {
        var properties = new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + Lifetime };
        return options.Get(IdentityConstants.BearerScheme).BearerTokenProtector
            .Protect(new AuthenticationTicket(principal, properties, $"{IdentityConstants.BearerScheme}:AccessToken"));
    }
}
