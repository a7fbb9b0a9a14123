using System.Threading.RateLimiting;
using MaintenanceApp.Hosting;
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

    public static IServiceCollection AddCron(this IServiceCollection services)
    {
        services.AddOptions<CronOptions>().BindConfiguration("Cron").ValidateDataAnnotations().ValidateOnStart();
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
            .WithSummary("Starts the overdue scan and waits for its first attempts");
        cron.MapGet("/runs/{id}", async (string id, ScanRunQueries runs, CancellationToken cancellationToken) =>
                await runs.FindAsync(id, cancellationToken) is { } run ? Results.Ok(run) : ApiErrors.NotFound("Exécution introuvable"))
            .RequireRateLimiting(StatusRateLimit)
            .WithName(StartScan.StatusRoute)
            .WithSummary("State and summary of a run");
    }

    private static RateLimitPartition<string> PerCaller(HttpContext context, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    private static async ValueTask<object?> CheckSecretAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var cron = http.RequestServices.GetRequiredService<IOptionsMonitor<CronOptions>>().CurrentValue;
        if (cron.ActiveSecrets.Count == 0)
        {
            return ApiErrors.Answer(StatusCodes.Status503ServiceUnavailable, "Cron:Secrets n’est pas configuré ; la route est fermée", "cron.not_configured");
        }

        var header = http.Request.Headers.Authorization.ToString();
        var presented = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
        return cron.Accepts(presented)
            ? await next(context)
            : ApiErrors.Answer(StatusCodes.Status401Unauthorized, "Unauthorized - Invalid CRON token", "cron.unauthorized");
    }
}
