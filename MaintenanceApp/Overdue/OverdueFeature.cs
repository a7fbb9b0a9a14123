using System.CommandLine;
using System.Security.Claims;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;

namespace MaintenanceApp.Overdue;

/// <summary>The same job for signed-in people, the dry run and the explanation.</summary>
public static class OverdueFeature
{
    public static IServiceCollection AddOverdue(this IServiceCollection services)
    {
        services.AddSingleton<Notifications.INotificationContent, OverdueContent>();
        services.AddSingleton<OverdueScan>();
        services.AddSingleton<ScanRuns>();
        services.AddSingleton<ScanRunQueries>();
        services.AddSingleton<StartScan>();
        services.AddSingleton<ExplainTicket>();
        services.AddSingleton<DryRun>();
        services.AddSingleton<Command, ScanCommand>();
        services.AddScoped<ScanJob>();
        services.AddSingleton<ClockGuard>();
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<MoveInstants>();
        services.AddSingleton<ScanSilence>();
        services.AddHostedService<FirstScan>();
        services.AddSingleton<ScanWatchdog>();
        services.AddHostedService(provider => provider.GetRequiredService<ScanWatchdog>());
        services.AddHeartbeat();
        return services.AddCron();
    }

    public static void MapOverdue(this IEndpointRouteBuilder routes)
    {
        routes.MapCron();
        var webhooks = routes.MapGroup("/api/webhooks").WithTags("webhooks");
        webhooks.MapPost("/check-overdue-tickets", async (
                HttpRequest request, ClaimsPrincipal user, StartScan scan, DryRun dryRun, CancellationToken cancellationToken, bool dry_run = false) => dry_run
                ? Results.Ok(await dryRun.ExecuteAsync(cancellationToken))
                : await scan.ExecuteAsync(ScanTrigger.Api, Actor.From(user).UserId, StartScan.WantsNoWait(request), cancellationToken))
            .RequireAuthorization(Permissions.RunScans)
            .WithSummary("Starts the overdue scan; with dry_run=true shows what it would send");
        webhooks.MapGet("/explain/{ticketId}", async (string ticketId, ExplainTicket explain, CancellationToken cancellationToken) =>
                await explain.ExecuteAsync(ticketId, cancellationToken) is { } explanation ? Results.Ok(explanation) : ApiErrors.NotFound("Ticket introuvable"))
            .RequireAuthorization(Permissions.ReadNotifications)
            .WithSummary("The rule, gate by gate, for one ticket");
    }
}
