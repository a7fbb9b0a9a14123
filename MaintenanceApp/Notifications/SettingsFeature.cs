namespace MaintenanceApp.Notifications;

/// <summary>The Settings page of the notifications: endpoint, signing and cron secrets.</summary>
public static class SettingsFeature
{
    public static IServiceCollection AddNotificationSettings(this IServiceCollection services)
    {
        services.AddSingleton<SecretVault>();
        services.AddSingleton<SettingsQueries>();
        services.AddSingleton<RotateSecret>();
        services.AddSingleton<RevokeSecret>();
        services.AddSingleton<SetWebhookUrl>();
        services.AddSingleton<SendTest>();
        return services;
    }
}
