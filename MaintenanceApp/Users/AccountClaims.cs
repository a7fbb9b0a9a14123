using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
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
internal sealed class LiveAccount(IDbContextFactory<Data.AppDb> database, IOptions<IdentityOptions> options) : IClaimsTransformation
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } && !await IsCurrentAsync(principal, CancellationToken.None) ? Nobody : principal;

    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var actor = Actor.From(principal);
        var stamp = principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(
            user => user.Id == actor.UserId && user.Role == actor.Role && user.SecurityStamp == stamp && user.DeactivatedAt == null,
            cancellationToken);
    }
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
        return await account.IsCurrentAsync(authenticationState.User, cancellationToken);
    }
}
