namespace MaintenanceApp.Notifications;

/// <summary>Runs the dispatcher as long as the host lives.</summary>
internal sealed class DispatcherService(NotificationDispatcher dispatcher, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>
    /// The signal itself ends it, not its turn among the services: the web server stops before it and waits for its open
    /// requests, and in that time nothing new may leave.
    /// </summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await Task.Run(() => dispatcher.RunAsync(ended.Token), CancellationToken.None);
    }
}
