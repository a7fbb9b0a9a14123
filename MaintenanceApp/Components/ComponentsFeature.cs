using MaintenanceApp.Components.Search;

namespace MaintenanceApp.Components;

/// <summary>The user interface: Blazor with one circuit per page, the shared texts and the files of wwwroot.</summary>
public static class ComponentsFeature
{
    public static IServiceCollection AddComponents(this IServiceCollection services)
    {
        // A page that was put away is loaded again with what was typed (js/connection.js), so nothing of it is kept to be resumed.
        services.AddRazorComponents().AddInteractiveServerComponents(options => options.PersistedCircuitInMemoryMaxRetained = 0);
        services.AddScoped<ToastMessages>();
        services.AddScoped<EventFailures>();
        services.AddSingleton<SiteSearch>();
        services.AddSingleton<DurationText>();
        services.AddSingleton<InstantText>();
        services.AddSingleton<LatenessText>();
        services.AddSingleton<EndpointWords>();
        return services;
    }

    public static IEndpointRouteBuilder MapComponents(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets().AllowAnonymous();
        routes.MapWebManifest();
        routes.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return routes;
    }
}
