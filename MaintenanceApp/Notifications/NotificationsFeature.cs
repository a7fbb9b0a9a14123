using System.Net;
using MaintenanceApp.Notifications.Pages;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>Outbox, dispatcher, sender, history.</summary>
public static class NotificationsFeature
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<NotifierOptions>().BindConfiguration("Notifier").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhook").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CurrentEndpoint>();
        services.AddSingleton<AdminNotices>();
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<NotificationDispatcher>();
        services.AddHostedService<DispatcherService>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton<NotificationStatsQuery>();
        services.AddSingleton<DispatchQueries>();
        services.AddSingleton<ResendNotification>();
        services.AddSingleton<ResendPreview>();
        services.AddScoped<NotificationWords>();

        // A post in flight may take its whole timeout: wait for it on SIGTERM.
        services.AddOptions<HostOptions>().Configure<IOptions<NotifierOptions>>((host, notifier) =>
            host.ShutdownTimeout = notifier.Value.RequestTimeout + TimeSpan.FromSeconds(10));

        services.AddHttpClient(WebhookSender.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers() // They write whole URLs, and the path of this one is a secret.
            .UseSocketsHttpHandler((handler, provider) =>
            {
                var notifier = provider.GetRequiredService<IOptions<NotifierOptions>>().Value;
                handler.AllowAutoRedirect = false;
                handler.AutomaticDecompression = DecompressionMethods.None;
                handler.UseCookies = false;
                handler.UseProxy = false;
                handler.ConnectTimeout = notifier.ConnectTimeout;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.MaxResponseHeadersLength = 32;

                // The check of the address actually connected to goes here (handler.ConnectCallback, issue 3).
            });
        return services;
    }
}
