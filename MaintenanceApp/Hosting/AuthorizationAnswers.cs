using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace MaintenanceApp.Hosting;

/// <summary>
/// 401 and 403 of routes as <c>{"error": "…"}</c>. A cookie or token whose account is gone or changed counts as not
/// signed in (401, sign-in page), where the framework would say forbidden.
/// </summary>
internal sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        var isSignedIn = context.User.Identity is { IsAuthenticated: true };
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return standard.HandleAsync(next, context, policy, isSignedIn ? authorizeResult : PolicyAuthorizationResult.Challenge());
        }

        if (isSignedIn)
        {
            return ApiErrors.Answer(StatusCodes.Status403Forbidden, "Votre rôle ne permet pas cette action", "forbidden").ExecuteAsync(context);
        }

        // RFC 9110 §11.6.1: a 401 names a way to authenticate.
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiErrors.Answer(StatusCodes.Status401Unauthorized, "Authentification requise", "unauthorized").ExecuteAsync(context);
    }
}
