using Hangfire;
using Hangfire.Common;

namespace MaintenanceApp.Jobs;

/// <summary>Whether Hangfire runs in this process; off where tests start each job themselves.</summary>
public sealed record JobServerSwitch(bool IsOn);

/// <summary>
/// Hangfire's server in this process: fetches jobs and runs them. Started by the host, and again on a new file when the
/// watchdog finds the old one broken.
/// </summary>
public sealed partial class JobServer(
    JobStore store,
    JobActivator activator,
    IJobFilterProvider filters,
    ITimeZoneResolver zones,
    IGlobalConfiguration configured,
    JobList jobs,
    JobServerSwitch onOff,
    IHostApplicationLifetime lifetime,
    ILogger<JobServer> logger) : IHostedService, IDisposable
{
    /// <summary>A server that has not said anything for so long is dead.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private BackgroundJobServer? server;
    private CancellationTokenRegistration stopping;

    /// <summary>Jobs that are enqueued here will be run, if their storage lets them.</summary>
    public bool IsRunning => server is not null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configured);
        if (!onOff.IsOn)
        {
            return;
        }

        stopping = lifetime.ApplicationStopping.Register(() => server?.SendStop());
        await Task.Run(Start, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.DisposeAsync();

        // The host's patience may be over already, the file must be closed all the same.
        await oneAtATime.WaitAsync(CancellationToken.None);
        try
        {
            await StopServerAsync(cancellationToken);
            store.Close();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>On a new file, when the old one is gone or damaged. False: nothing was wrong with it.</summary>
    public async Task<bool> RestartIfBrokenAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning || lifetime.ApplicationStopping.IsCancellationRequested || !store.IsBroken)
        {
            return false;
        }

        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            LogRestarting(logger, store.File);
            using var patience = new CancellationTokenSource(Patience);
            await StopServerAsync(patience.Token);
            store.Close(broken: true);
            await Task.Run(Start, cancellationToken);
            return true;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>The semaphore is left to the collector: a host may stop its services once more after it is disposed.</summary>
    public void Dispose() => server?.Dispose();

    private void Start() => server = new BackgroundJobServer(
        new BackgroundJobServerOptions
        {
            Activator = activator,
            FilterProvider = filters,
            TimeZoneResolver = zones,
            ServerName = $"{Environment.MachineName}:{Environment.ProcessId}",
            WorkerCount = 3,
            SchedulePollingInterval = jobs.Polling,
            HeartbeatInterval = TimeSpan.FromSeconds(5),
            ServerCheckInterval = TimeSpan.FromSeconds(10),
            ServerTimeout = Timeout,
            CancellationCheckInterval = TimeSpan.FromSeconds(5),
            StopTimeout = TimeSpan.Zero,
            ShutdownTimeout = TimeSpan.FromSeconds(2),
        },
        store.Current);

    private async Task StopServerAsync(CancellationToken cancellationToken)
    {
        if (server is not { } running)
        {
            return;
        }

        server = null;
        running.SendStop();
        try
        {
            await running.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It hangs on a storage that does not answer: it is left alone, its jobs do no harm when they end late.
        }

        running.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of the jobs, {File}, is gone or damaged while it is used; Hangfire starts again on a new one")]
    private static partial void LogRestarting(ILogger logger, string? file);
}
