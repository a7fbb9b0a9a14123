using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Users;

/// <summary>Section <c>Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>Attempts to sign in by the route, per address and minute. Accounts also lock after five wrong passwords.</summary>
    [Range(1, 1_000_000)]
    public int LoginPermitsPerMinute { get; set; } = 10;
}

/// <summary>Slows down the guessing of passwords: <c>RequireRateLimiting(LoginLimit.Policy)</c>.</summary>
public static class LoginLimit
{
    public const string Policy = "login";

    public static IServiceCollection AddLoginLimit(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().BindConfiguration("Auth").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<AuthOptions>>((limiter, auth) =>
            limiter.AddPolicy(Policy, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new() { PermitLimit = auth.Value.LoginPermitsPerMinute, Window = TimeSpan.FromMinutes(1) })));
        return services;
    }
}
