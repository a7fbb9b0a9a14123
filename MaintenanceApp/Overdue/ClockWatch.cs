using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Overdue;

/// <summary>Before every scan, and once a minute: did somebody set the clock? Then stored instants are mended and administrators told.</summary>
public sealed partial class ClockWatch(
    ClockGuard guard,
    MoveInstants instants,
    AdminNotices notices,
    IDbContextFactory<AppDb> database,
    TimeProvider clock,
    ILogger<ClockWatch> logger) : IDisposable
{
    /// <summary>A clock that says less than this forgot the time (an empty battery says 1970 or 2000): nothing is mended by it.</summary>
    private static readonly DateTime Plausible = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <summary>Noticed, but the database did not take the repair yet.</summary>
    private readonly Queue<ClockJump> pending = new();

    /// <summary>Never fails a scan: what could not be mended now is mended at the next look.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await MendAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The scan is the alarm: it goes on with the instants as they are.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task MendAsync(CancellationToken cancellationToken)
    {
        if (guard.Look() is { } noticed)
        {
            LogJumped(logger, noticed, noticed.Before);
            pending.Enqueue(noticed);
        }

        if (clock.GetUtcNow().UtcDateTime < Plausible)
        {
            return;
        }

        while (pending.TryPeek(out var jump))
        {
            await instants.ExecuteAsync(jump.By, cancellationToken);
            await NotifyAsync(jump, cancellationToken);
            pending.Dequeue();
        }

        // What a jump while this process was down, or on another machine, left behind.
        await instants.ExecuteAsync(TimeSpan.Zero, cancellationToken);
    }

    private async Task NotifyAsync(ClockJump jump, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        AdminNotices.Add(db, NoticeKind.ClockJumped, clock.GetUtcNow().UtcDateTime, since: jump.Before, detail: jump.ToString());
        await db.SaveChangesAsync(cancellationToken);
        notices.Published();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Stored instants could not be checked against the clock; the next look tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine was set by {Jump}; without it, it would be {Before:u}")]
    private static partial void LogJumped(ILogger logger, ClockJump jump, DateTime before);
}
