namespace MaintenanceApp.Operations;

/// <summary>The overview, the ops pages and the proof that the verifier works.</summary>
public static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<HeartbeatQuery>();
        services.AddSingleton<OverviewQueries>();
        return services;
    }
}
