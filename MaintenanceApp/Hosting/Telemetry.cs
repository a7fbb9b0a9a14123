using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MaintenanceApp.Hosting;

/// <summary>
/// Exports metrics over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the exporter reads the other <c>OTEL_…</c>
/// keys of the OpenTelemetry specification itself (protocol, headers, interval, resource attributes).
/// </summary>
internal sealed class Telemetry(IConfiguration configuration, IHostEnvironment environment) : IHostedService, IDisposable
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Ours, the scheduler's, the web server's and the runtime's.</summary>
    private static readonly string[] Meters =
    [
        "MaintenanceApp.Notifier", "Quartz", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics", "Microsoft.AspNetCore.RateLimiting", "System.Runtime",
    ];

    private MeterProvider? provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(configuration[EndpointKey]))
        {
            provider = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(resource => resource.AddService(environment.ApplicationName).AddEnvironmentVariableDetector())
                .AddMeter(Meters)
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>Sends what is left; the collector has five seconds to take it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => provider?.Shutdown(5000), CancellationToken.None);

    public void Dispose() => provider?.Dispose();
}
