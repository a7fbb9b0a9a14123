using System.Data.Common;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations;

/// <summary>What the foot and the counters of the navigation show on every page. Instants are UTC.</summary>
/// <param name="LastScanAt">End of the last finished scan; null before the first.</param>
/// <param name="NextScanAt">When the next one is due by its schedule; null while somebody has paused it.</param>
/// <param name="IsStale">No scan has finished for as long as <c>/health/ready</c> tolerates: the verifier does not work.</param>
/// <param name="SilentSince">The last finished scan, or the start of this process where there was none.</param>
/// <param name="OpenTickets">Neither completed nor archived nor in the trash.</param>
/// <param name="FailedNotifications">Given up; each can be resent.</param>
public sealed record Heartbeat(DateTime? LastScanAt, DateTime? NextScanAt, bool IsStale, DateTime SilentSince, int OpenTickets, int FailedNotifications);

/// <summary>Proof of life: four small queries, run at every live refresh of the shell.</summary>
public sealed class HeartbeatQuery(IDbContextFactory<AppDb> database, ScanSilence silence, JobPauses pauses, IOptionsMonitor<NotifierOptions> notifier, TimeProvider clock)
{
    private (int Open, int Failed, bool IsPaused) known;

    /// <summary>Never throws: a database that does not answer must not hide the silence. The counts are then the last known.</summary>
    public async Task<Heartbeat> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var age = await silence.ReadAsync(cancellationToken);
        var health = ScanHealth.Of(age, notifier.CurrentValue);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            known = (
                await db.Tickets.CountAsync(TicketRules.IsOpen, cancellationToken),
                await db.WebhookNotifications.CountAsync(notification => notification.Status == NotificationStatus.Dead, cancellationToken),
                await pauses.OfAsync(JobNames.ScanOverdue, cancellationToken) is not null);
        }
        catch (DbException)
        {
            // The next refresh, at most 15 s away, asks again.
        }

        // A stamp that a wrong clock wrote says less than the counted silence.
        var since = age.LastAt <= now ? age.LastAt.Value : now - age.Silence;
        return new Heartbeat(age.LastAt, known.IsPaused ? null : CronInterval.Next(notifier.CurrentValue.ScanInterval, now), health.Level == HealthLevel.Problem, since, known.Open, known.Failed);
    }
}
