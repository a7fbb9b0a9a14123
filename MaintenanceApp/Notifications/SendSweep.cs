using MaintenanceApp.Jobs;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Sees to it that what is due is sent: when somebody wakes it, and every five seconds for retries and probes whose time has
/// come, it enqueues the job that sends. Hangfire does the work; when it does not begin in time, this does it without.
/// </summary>
public sealed partial class SendSweep(
    NotificationDispatcher dispatcher,
    JobControl jobs,
    AdminNotices notices,
    NotifierTrouble trouble,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<SendSweep> logger) : BackgroundService
{
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>From the wish to the start of the job, which usually takes a quarter of a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Since when a job is asked for that has not begun here, and how many had begun until then; null: none is.</summary>
    private (long At, int Drains)? asked;

    /// <summary>
    /// The signal itself ends it, not its turn among the services: the web server stops before it and waits for its open
    /// requests, and in that time nothing new may leave.
    /// </summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await Task.Run(() => RunAsync(ended.Token), CancellationToken.None);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var pause = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await dispatcher.WokenAsync(pause, stopping);
                pause = await LookAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever happens, the only alarm of the plant goes on trying.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // Most often the database: without it nothing is claimed, so nothing is posted; it resumes by itself.
                trouble.Report(exception);
                LogTrouble(logger, exception);
                await Task.Delay(Soon, clock, CancellationToken.None);
                pause = TimeSpan.Zero;
            }
        }

        await dispatcher.EndedAsync();
    }

    /// <returns>Until the next look.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken stopping)
    {
        if (dispatcher.IsDraining)
        {
            // It looks itself, and wakes this when it has ended.
            asked = null;
            return Look;
        }

        if (!await dispatcher.IsDueAsync(stopping))
        {
            trouble.Over();
            asked = null;
            return Look;
        }

        if (asked is { } ask && ask.Drains == dispatcher.Drains)
        {
            return clock.GetElapsedTime(ask.At) < Patience ? Soon : await DrainHereAsync(isHangfireSilent: true, stopping);
        }

        if (asked is not null && dispatcher.DidNothing)
        {
            // It failed, or another process leads: asking again at once would fill Hangfire's list with jobs of the same kind.
            asked = null;
            return Look;
        }

        asked = (clock.GetTimestamp(), dispatcher.Drains);
        return await jobs.StartAsync(JobNames.SendNotifications, JobStart.Due, stopping) switch
        {
            Enqueued.Yes => Soon,
            Enqueued.NoServer => await DrainHereAsync(isHangfireSilent: false, stopping),
            Enqueued.Failed => await DrainHereAsync(isHangfireSilent: true, stopping),
        };
    }

    private async Task<TimeSpan> DrainHereAsync(bool isHangfireSilent, CancellationToken stopping)
    {
        var drained = await dispatcher.DrainAsync(stopping);
        asked = null;
        if (drained is not { IsEmpty: false })
        {
            return Look;
        }

        if (isHangfireSilent)
        {
            LogWithout(logger);
            await notices.CountAsync(NoticeKind.JobsSteppedAround, null, stopping);
        }

        return Soon;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hangfire does not run the job that sends; sending without it")]
    private static partial void LogWithout(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The notifier is in trouble, most likely because the database is not available; it tries again in a second")]
    private static partial void LogTrouble(ILogger logger, Exception exception);
}
