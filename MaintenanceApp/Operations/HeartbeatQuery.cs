using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations;

/// <summary>What the foot and the counters of the navigation show on every page. Instants are UTC.</summary>
/// <param name="LastScanAt">End of the last finished scan; null before the first.</param>
/// <param name="NextScanAt">When the next one is expected.</param>
/// <param name="IsStale">No scan finished for three intervals, nor since this process started: the verifier does not work.</param>
/// <param name="OpenTickets">Neither completed nor archived nor in the trash.</param>
/// <param name="FailedNotifications">Given up; each can be resent.</param>
public sealed record Heartbeat(DateTime? LastScanAt, DateTime? NextScanAt, bool IsStale, int OpenTickets, int FailedNotifications);

/// <summary>Proof of life: three small queries, run at every live refresh of the shell.</summary>
public sealed class HeartbeatQuery(IDbContextFactory<AppDb> database, IOptions<NotifierOptions> notifier, TimeProvider clock)
{
    private readonly DateTime started = clock.GetUtcNow().UtcDateTime;

    public async Task<Heartbeat> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var interval = notifier.Value.ScanInterval;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var last = await db.ScanRuns.AsNoTracking()
            .Where(run => run.State == ScanRunState.Finished)
            .MaxAsync(run => run.FinishedAt, cancellationToken);
        var open = await db.Tickets.CountAsync(TicketRules.IsOpen, cancellationToken);
        var failed = await db.WebhookNotifications.CountAsync(notification => notification.Status == NotificationStatus.Dead, cancellationToken);
        var alive = last > started ? last.Value : started;
        return new Heartbeat(last, last + interval, now - alive > 3 * interval, open, failed);
    }
}
