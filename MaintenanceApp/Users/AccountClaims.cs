using System.Security.Claims;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Users;

/// <summary>Puts the name and the role into the cookie and the token.</summary>
internal sealed class AccountClaims(UserManager<User> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<User>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.Role, user.Role));
        identity.AddClaim(new Claim(UserClaims.FullName, user.FullName));
        return identity;
    }
}

/// <summary>
/// Compares every cookie and token with the account as it is now, so that both die at once when the account is
/// deactivated or deleted, or its role or password changes.
/// </summary>
internal sealed partial class LiveAccount(
    IDbContextFactory<AppDb> database, IOptions<IdentityOptions> options, IHttpContextAccessor http, ILogger<LiveAccount> logger) : IClaimsTransformation
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    /// <summary>
    /// While the database is away nobody can be compared with it: a page or a route then answers 503 (see ApiErrors), never
    /// as if the person were signed out. What is the same for everybody, and the page that says so, ask nothing.
    /// </summary>
    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true })
        {
            return principal;
        }

        return IsSameForEverybody(http.HttpContext) || !await IsCurrentAsync(principal, CancellationToken.None) ? Nobody : principal;
    }

    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var actor = Actor.From(principal);
        var stamp = principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(
            user => user.Id == actor.UserId && user.Role == actor.Role && user.SecurityStamp == stamp && user.DeactivatedAt == null,
            cancellationToken);
    }

    /// <summary>For an open page: a database that does not answer signs nobody out, it is asked again.</summary>
    public async Task<bool> StaysSignedInAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        try
        {
            return await IsCurrentAsync(principal, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            LogNotChecked(logger, exception);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An account could not be checked without the database; it stays signed in and is checked again")]
    private static partial void LogNotChecked(ILogger logger, Exception exception);

    private static bool IsSameForEverybody(HttpContext? context) =>
        context?.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || context?.Features.Get<IExceptionHandlerFeature>() is not null
        || context?.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>The same check for open circuits, which outlive their request: every 30 seconds.</summary>
internal sealed class LiveAuthenticationState(ILoggerFactory loggers, IServiceScopeFactory scopes)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var account = (LiveAccount)scope.ServiceProvider.GetRequiredService<IClaimsTransformation>();
        return await account.StaysSignedInAsync(authenticationState.User, cancellationToken);
    }
}
