using System.CommandLine;

namespace MaintenanceApp.Operations;

/// <summary>The overview, the ops pages and the proof that the verifier works.</summary>
public static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<HeartbeatQuery>();
        services.AddSingleton<OverviewQueries>();
        services.AddSingleton<SetSiteName>();
        services.AddSingleton<ProcessStart>();
        services.AddHostedService(provider => provider.GetRequiredService<ProcessStart>());
        services.AddSingleton<SystemQueries>();
        services.AddSingleton<RunQueries>();
        services.AddSingleton<ControlJobs>();
        services.AddSingleton<JobReports>();
        services.AddSingleton<NotifierSampler>();
        services.AddHostedService(provider => provider.GetRequiredService<NotifierSampler>());
        services.AddSingleton<Command, BackupCommand>();
        services.AddRetention();
        return services.AddReadiness();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapReadiness();
        routes.MapJobDashboard();
    }
}
