using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations;

/// <summary>Reads the state of the notifier for the gauges of <see cref="NotifierMeter"/>: a few counts, every 15 s.</summary>
public sealed partial class NotifierSampler(
    IDbContextFactory<AppDb> database,
    CurrentEndpoint endpoint,
    NotifierMeter meter,
    IOptionsMonitor<NotifierOptions> options,
    TimeProvider clock,
    ILogger<NotifierSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RiskAhead = TimeSpan.FromHours(24);

    /// <summary>Reads once and shows it.</summary>
    public async Task<NotifierSnapshot> SampleAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var state = await endpoint.ReadAsync(db, cancellationToken);
        var lastScan = await db.ScanRuns.Where(run => run.State == ScanRunState.Finished).MaxAsync(run => run.FinishedAt, cancellationToken);
        var horizon = now + RiskAhead;
        var atRisk = await db.Tickets.CountAsync(
            ticket => ticket.DeletedAt == null && ticket.ScheduledDate >= now && ticket.ScheduledDate < horizon
                && TicketRules.NotifyingStatuses.Contains(ticket.Status),
            cancellationToken);
        var (due, eligible, suppressed) = await DueAsync(db, state, now, cancellationToken);
        var queue = await db.WebhookNotifications
            .Where(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending)
            .GroupBy(row => row.Status)
            .Select(group => new { group.Key, Count = group.Count(), Oldest = group.Min(row => row.CreatedAt) })
            .ToListAsync(cancellationToken);
        var oldest = queue.Count == 0 ? TimeSpan.Zero : now - queue.Min(row => row.Oldest);
        var snapshot = new NotifierSnapshot(
            lastScan,
            due,
            eligible,
            atRisk,
            suppressed,
            new[] { NotificationStatus.Pending, NotificationStatus.Sending }
                .ToDictionary(Snake.Of, status => queue.Where(row => row.Key == status).Sum(row => row.Count)),
            oldest > TimeSpan.Zero ? oldest : TimeSpan.Zero,
            !state.Breaker.IsOpen ? 0 : state.Breaker.ProbeAt > now ? 1 : 2);
        meter.Show(snapshot);
        return snapshot;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                await TrySampleAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>Every due ticket counts once: it is eligible, or suppressed by the first reason that holds.</summary>
    private async Task<(int Due, int Eligible, Dictionary<string, int> Suppressed)> DueAsync(AppDb db, EndpointState state, DateTime now, CancellationToken cancellationToken)
    {
        var silencing = db.WebhookNotifications.Where(OverdueRule.Silences(now, options.CurrentValue.RepeatAfter, state.Url));
        var tickets = await db.Tickets.Where(OverdueRule.IsDue(now))
            .Select(ticket => new
            {
                Waiting = silencing.Any(row => row.TicketId == ticket.Id && (row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending)),
                Sent = silencing.Any(row => row.TicketId == ticket.Id && row.Status == NotificationStatus.Delivered),
                Dead = silencing.Any(row => row.TicketId == ticket.Id && row.Status == NotificationStatus.Dead),
                IsSnoozed = ticket.SnoozedUntil > now,
            })
            .ToListAsync(cancellationToken);
        var byReason = tickets
            .GroupBy(ticket => ticket.Waiting ? "waiting"
                : ticket.Sent ? "sent_recently"
                : ticket.Dead ? "dead_recently"
                : ticket.IsSnoozed ? "snoozed"
                : state.Url is null ? "no_endpoint"
                : state.DisabledAt is not null ? "endpoint_disabled"
                : state.PausedAt is not null ? "paused"
                : "")
            .ToDictionary(group => group.Key, group => group.Count());
        byReason.Remove("", out var eligible);
        return (tickets.Count, eligible, byReason);
    }

    private async Task TrySampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (meter.IsWatched)
            {
                await SampleAsync(cancellationToken);
            }
        }
#pragma warning disable CA1031 // Without the database the gauges fall silent; they come back with it.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception.GetBaseException().Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The state of the notifier could not be read for its metrics: {Cause}")]
    private static partial void LogFailed(ILogger logger, string cause);
}
