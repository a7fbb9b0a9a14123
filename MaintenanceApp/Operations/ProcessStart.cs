namespace MaintenanceApp.Operations;

/// <summary>When this process started, by the application's own clock: silence before it is not the verifier's fault.</summary>
public sealed class ProcessStart(TimeProvider clock) : IHostedService
{
    /// <summary>UTC.</summary>
    public DateTime At { get; private set; } = clock.GetUtcNow().UtcDateTime;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        At = clock.GetUtcNow().UtcDateTime;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
