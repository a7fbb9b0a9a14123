namespace MaintenanceApp.Tickets.Files;

/// <summary>Photos and documents of tickets.</summary>
internal static class FilesFeature
{
    public static IServiceCollection AddTicketFiles(this IServiceCollection services)
    {
        services.AddOptions<FileStorageOptions>().BindConfiguration("Files").ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(limiter => limiter.AddPolicy<string, UploadLimit>(UploadLimit.Policy));
        services.AddSingleton<IFileStore, LocalFileStore>();
        services.AddSingleton<TicketFileQueries>();
        services.AddSingleton<AddTicketFile>();
        services.AddSingleton<RemoveTicketFile>();
        services.AddSingleton<PurgeTicketFiles>();
        return services;
    }
}
