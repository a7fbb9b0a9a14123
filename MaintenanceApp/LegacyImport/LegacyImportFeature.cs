using System.CommandLine;

namespace MaintenanceApp.LegacyImport;

/// <summary>The old system's database, brought over with <c>import FILE</c>.</summary>
public static class LegacyImportFeature
{
    public static IServiceCollection AddLegacyImport(this IServiceCollection services)
    {
        services.AddSingleton<ImportLegacyDatabase>();
        services.AddSingleton<Command, ImportCommand>();
        return services;
    }
}
