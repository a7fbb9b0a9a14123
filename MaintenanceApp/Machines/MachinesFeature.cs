namespace MaintenanceApp.Machines;

/// <summary>The equipment register.</summary>
public static class MachinesFeature
{
    public static IServiceCollection AddMachines(this IServiceCollection services)
    {
        services.AddSingleton<MachineQueries>();
        services.AddSingleton<CreateMachine>();
        services.AddSingleton<UpdateMachine>();
        services.AddSingleton<DeleteMachine>();
        services.AddSingleton<PatchMachine>();
        services.AddScoped<Pages.MachineErrors>();
        return services;
    }

    public static void MapMachines(this IEndpointRouteBuilder routes) => routes.MapMachineRoutes();
}
