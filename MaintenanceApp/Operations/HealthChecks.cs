using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MaintenanceApp.Operations;

/// <summary>
/// <c>/health/live</c> says that the process answers; <c>/health/ready</c> that it does its work: 200 when healthy or
/// degraded, 503 when not. Both are anonymous and say nothing secret.
/// </summary>
public static class HealthChecks
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database")
            .AddCheck<ScanCheck>("scan")
            .AddCheck<EndpointCheck>("endpoint")
            .AddCheck<SendingCheck>("sending")
            .AddCheck<DiskCheck>("disk");
        return services;
    }

    public static void MapReadiness(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = Word(report.Status),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = Word(entry.Value.Status), description = entry.Value.Description }),
        },
        Json,
        context.RequestAborted);

    private static string Word(HealthStatus status) => Snake.Of(status);

    private static HealthCheckResult Of(HealthLevel level, string description, HealthLevel worst = HealthLevel.Problem) => (level < worst ? level : worst) switch
    {
        HealthLevel.Good => HealthCheckResult.Healthy(description),
        HealthLevel.Attention => HealthCheckResult.Degraded(description),
        HealthLevel.Problem => HealthCheckResult.Unhealthy(description),
    };

    private sealed class DatabaseCheck(SystemQueries system) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var found = await system.DatabaseAsync(cancellationToken);
            return Of(found.Level, found.TroubleSince is { } since
                ? string.Create(CultureInfo.InvariantCulture, $"{(found.Latency is null ? "La base de données ne répond pas" : "Le notificateur ne peut pas écrire")} depuis {since:yyyy-MM-dd HH:mm:ss} UTC")
                : found.PendingMigrations > 0 ? $"{found.PendingMigrations} migration(s) à appliquer"
                : "Répond, à jour");
        }
    }

    private sealed class ScanCheck(SystemQueries system) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var found = await system.ScanAsync(cancellationToken);
            return Of(found.Level, found.LastAt is null
                ? $"Aucune vérification terminée depuis le démarrage, il y a {found.Silence.TotalMinutes:0} min"
                : $"Silence de {found.Silence.TotalMinutes:0} min");
        }
    }

    /// <summary>A receiver that does not answer is somebody else's fault: never more than degraded.</summary>
    private sealed class EndpointCheck(SystemQueries system) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            EndpointHealth found;
            try
            {
                found = await system.EndpointAsync(cancellationToken);
            }
            catch (DbException)
            {
                // The check of the database says whose fault it is.
                return HealthCheckResult.Degraded("Inconnu : la base de données ne répond pas");
            }

            return Of(
                found.Level,
                found.State.Url is null ? "Aucun point d’envoi configuré"
                : found.State.DisabledAt is not null ? "Point d’envoi désactivé (410)"
                : found.State.PausedAt is not null ? "Notifications en pause"
                : found.Backlog.IsSecretUnreadable ? "Secret de signature illisible : les envois attendent"
                : found.IsHeld ? "Le récepteur demande d’attendre"
                : found.Level == HealthLevel.Attention ? $"Le récepteur ne prend rien ; {found.Backlog.Waiting} en attente"
                : $"{found.Backlog.Waiting} en attente",
                HealthLevel.Attention);
        }
    }

    /// <summary>One notification that cannot be prepared is neither the database's fault nor the receiver's.</summary>
    private sealed class SendingCheck(SystemQueries system) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            SendingHealth found;
            try
            {
                found = await system.SendingAsync(cancellationToken);
            }
            catch (DbException)
            {
                return HealthCheckResult.Degraded("Inconnu : la base de données ne répond pas");
            }

            return Of(found.Level, found.TroubleSince is { } since
                ? string.Create(CultureInfo.InvariantCulture, $"Le notificateur n’envoie plus depuis {since:yyyy-MM-dd HH:mm:ss} UTC")
                : found.Aside switch
                {
                    0 => "Rien n’est mis de côté",
                    1 => "1 notification ne peut pas être préparée et attend de côté ; les autres partent",
                    var count => $"{count} notifications ne peuvent pas être préparées et attendent de côté ; les autres partent",
                });
        }
    }

    private sealed class DiskCheck(SystemQueries system) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var found = system.Disk();
            return Task.FromResult(Of(found.Level, found.FreeBytes is { } bytes ? $"{bytes >> 20} Mo libres" : "Espace libre inconnu"));
        }
    }
}
