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
        return services;
    }
}
