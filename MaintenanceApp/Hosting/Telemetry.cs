using System.Security.Cryptography;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MaintenanceApp.Hosting;

/// <summary>
/// Metrics and traces. Both leave over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set (the exporter reads the other
/// <c>OTEL_…</c> keys of the OpenTelemetry specification itself); metrics can be fetched at <c>/metrics</c> in Prometheus'
/// format when <see cref="SecretKey"/> is set. Without either nothing is collected.
/// </summary>
public static class Telemetry
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Long and random; whoever fetches <c>/metrics</c> sends it as a bearer token.</summary>
    public const string SecretKey = "Metrics:Secret";

    /// <summary>The name of our own meter and of our own activities.</summary>
    public const string Notifier = "MaintenanceApp.Notifier";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var (isPushed, isFetched) = (!string.IsNullOrWhiteSpace(configuration[EndpointKey]), !string.IsNullOrWhiteSpace(configuration[SecretKey]));
        if (!isPushed && !isFetched)
        {
            return services;
        }

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(environment.ApplicationName))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Notifier, "Microsoft.AspNetCore.RateLimiting").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation();
                if (isPushed)
                {
                    metrics.AddOtlpExporter();
                }

                if (isFetched)
                {
                    metrics.AddPrometheusExporter();
                }
            });
        if (isPushed)
        {
            // One trace from a scan to the attempts it led to. The webhook's client tells nothing of itself: its URL is a secret.
            telemetry.WithTracing(traces => traces.AddSource(Notifier).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Only where a secret is configured; a scraper has no account.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IConfiguration>()[SecretKey] is not { } secret || string.IsNullOrWhiteSpace(secret))
        {
            return;
        }

        var expected = SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + secret));
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.Use((context, next) =>
        {
            if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString())), expected))
            {
                return next(context);
            }

            // RFC 6750 §3: which kind of authorization is wanted.
            context.Response.Headers.WWWAuthenticate = "Bearer";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        routes.MapGet("/metrics", pipeline.Build()).AllowAnonymous().ExcludeFromDescription();
    }
}
