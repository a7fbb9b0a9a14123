using System.Threading.RateLimiting;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>Routes for an external scheduler (cron-job.org); the secret is their only authorization.</summary>
public static class CronRoutes
{
    private const string RateLimit = "cron";
    private const string StatusRateLimit = "cron-status";
    private const int StatusPermitsPerStart = 10;
    private const string Scheme = "Bearer ";

    private const string SecretRule =
        "Authorization: Bearer with an active cron secret: Cron:Secrets of the configuration, else those of the Settings page, " +
        "where the previous one still opens the route for its grace period. 401 for any other, 429 beyond the rate limit (wrong " +
        "secrets count too), 503 when no secret is set or the stored one cannot be decrypted.";

    public static IServiceCollection AddCron(this IServiceCollection services)
    {
        services.AddOptions<CronOptions>().BindConfiguration("Cron").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CronRefusals>();
        services.AddHostedService(provider => provider.GetRequiredService<CronRefusals>());
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<CronOptions>>((limiter, cron) =>
        {
            limiter.AddPolicy(RateLimit, context => PerCaller(context, cron.Value.PermitsPerMinute));
            limiter.AddPolicy(StatusRateLimit, context => PerCaller(context, cron.Value.PermitsPerMinute * StatusPermitsPerStart));
        });
        return services;
    }

    public static void MapCron(this IEndpointRouteBuilder routes)
    {
        var cron = routes.MapGroup("/api/cron").AllowAnonymous().AddEndpointFilter(CheckSecretAsync).WithTags("cron");
        cron.MapPost("/check-overdue", (HttpRequest request, StartScan scan, CancellationToken cancellationToken) =>
                scan.ExecuteAsync(ScanTrigger.Cron, null, StartScan.WantsNoWait(request), cancellationToken))
            .RequireRateLimiting(RateLimit)
            .WithSummary("Starts the overdue scan and waits for its first attempts")
            .WithDescription(SecretRule);
        cron.MapGet("/runs/{id}", async (string id, ScanRunQueries runs, CancellationToken cancellationToken) =>
                await runs.FindAsync(id, cancellationToken) is { } run ? Results.Ok(run) : ApiErrors.NotFound("Exécution introuvable"))
            .RequireRateLimiting(StatusRateLimit)
            .WithName(StartScan.StatusRoute)
            .WithSummary("State and summary of a run")
            .WithDescription(SecretRule);
    }

    private static RateLimitPartition<string> PerCaller(HttpContext context, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    /// <summary>After the rate limit, which counts wrong secrets like right ones: guessing stays as slow as calling.</summary>
    private static async ValueTask<object?> CheckSecretAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var secrets = await http.RequestServices.GetRequiredService<SecretVault>().ReadAsync(SecretPurpose.Cron, http.RequestAborted);
        if (secrets.IsUnreadable)
        {
            return ApiErrors.Answer(
                StatusCodes.Status503ServiceUnavailable, "Le secret de la route ne peut plus être déchiffré ; la route est fermée", "cron.secret_unreadable");
        }

        if (secrets.Values.Count == 0)
        {
            return ApiErrors.Answer(StatusCodes.Status503ServiceUnavailable, "Cron:Secrets n’est pas configuré ; la route est fermée", "cron.not_configured");
        }

        var header = http.Request.Headers.Authorization.ToString();
        var presented = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
        if (secrets.Accepts(presented))
        {
            return await next(context);
        }

        http.RequestServices.GetRequiredService<CronRefusals>().Add(http.Connection.RemoteIpAddress);
        return ApiErrors.Answer(StatusCodes.Status401Unauthorized, "Unauthorized - Invalid CRON token", "cron.unauthorized");
    }
}
