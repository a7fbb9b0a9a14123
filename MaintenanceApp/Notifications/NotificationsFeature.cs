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
        services.AddSingleton<IValidateOptions<NotifierOptions>, RetryDelaysRule>();
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhook").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CurrentEndpoint>();
        services.AddSingleton<AdminNotices>();
        services.AddNotificationSettings();
        services.AddSingleton<NotifierMeter>();
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton<DueNotifications>();
        services.AddSingleton<StepAside>();
        services.AddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.AddSingleton<OutgoingConnections>();
        services.AddSingleton<NotifierTrouble>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<PostsInFlight>();
        services.AddSingleton<NotificationDispatcher>();
        services.AddHostedService<SendSweep>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton<NotificationStatsQuery>();
        services.AddSingleton<DispatchQueries>();
        services.AddSingleton<ResendNotification>();
        services.AddSingleton<OutageQuery>();
        services.AddSingleton<SendingReportQuery>();
        services.AddSingleton<ResendPreview>();
        services.AddSingleton<FailedSince>();
        services.AddSingleton<ResendFailed>();
        services.AddSingleton<StopResends>();
        services.AddSingleton<ResendBatchQuery>();
        services.AddSingleton<ProbeNow>();
        services.AddScoped<NotificationWords>();
        services.AddScoped<NotificationCsv>();
        services.AddScoped<NoticeWords>();

        // A post in flight may take its whole timeout: wait for it on SIGTERM.
        services.AddOptions<HostOptions>().Configure<IOptions<NotifierOptions>>((host, notifier) =>
            host.ShutdownTimeout = notifier.Value.RequestTimeout + TimeSpan.FromSeconds(10));
        return services;
    }
}
