using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>What was asked for and what came of it.</summary>
/// <param name="Batch">Its id, in <see cref="WebhookNotification.RunId"/> of every row; null when nothing was resent.</param>
/// <param name="Queued">Notifications that go out, at the pace of the dispatcher.</param>
/// <param name="Skipped">Tickets left out, counted by cause.</param>
public sealed record ResendBatch(string? Batch, int Queued, IReadOnlyDictionary<string, int> Skipped);

/// <summary>
/// Sends again what was given up since a moment: one transaction, one row a ticket, the same rows as a single resend.
/// Submitting twice is once. Without force the rule is checked now and again before each one leaves.
/// </summary>
public sealed class ResendFailed(
    IDbContextFactory<AppDb> database, FailedSince failures, CurrentEndpoint endpoint, NotificationDispatcher dispatcher, LiveUpdates live, TimeProvider clock)
{
    private const int MaxRaces = 10;

    private static readonly TimeSpan DoubleSubmit = TimeSpan.FromSeconds(2);

    /// <param name="actor">Who asks.</param>
    /// <param name="since">UTC.</param>
    /// <param name="force">Also tickets that no longer qualify.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ForbiddenException">The actor may not manage notifications.</exception>
    /// <exception cref="RuleException"><c>notification.no_endpoint</c>: no URL is configured.</exception>
    public async Task<ResendBatch> ExecuteAsync(Actor actor, DateTime since, bool force, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageNotifications);
        for (var race = 1; ; race++)
        {
            try
            {
                return await TryAsync(actor, since, force, cancellationToken);
            }
            catch (DbUpdateException) when (race < MaxRaces)
            {
                // A scan or another submit took a number first (unique index): look again.
            }
        }
    }

    private async Task<ResendBatch> TryAsync(Actor actor, DateTime since, bool force, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var refusals = force ? new Dictionary<int, string>() : await failures.RefusalsAsync(since, cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Numbers first: what another submit commits afterwards is either seen below, or takes one of these.
        var lastSeqs = await db.WebhookNotifications
            .Where(row => db.WebhookNotifications.Any(dead => dead.TicketId == row.TicketId && dead.Status == NotificationStatus.Dead))
            .GroupBy(row => new { row.TicketId, row.NotificationType })
            .Select(group => new { group.Key.TicketId, group.Key.NotificationType, Seq = group.Max(row => row.Seq) })
            .ToDictionaryAsync(row => (row.TicketId, row.NotificationType), row => row.Seq ?? 0, cancellationToken);
        if (await JustSubmittedAsync(db, actor, now, cancellationToken) is { } same)
        {
            return same;
        }

        var selection = await failures.SelectAsync(db, since, force, refusals, cancellationToken);
        if (selection.Chosen.Count == 0)
        {
            // Another submit may have committed since the look above (PostgreSQL reads what is committed).
            return await JustSubmittedAsync(db, actor, now, cancellationToken) ?? new(null, 0, selection.Skipped);
        }

        var url = await ResendRow.UrlAsync(endpoint, db, cancellationToken);
        var batch = $"resend_{Guid.NewGuid():N}";
        db.AddRange(selection.Chosen.Select(original => ResendRow.Of(
            original, actor, url, lastSeqs.GetValueOrDefault((original.TicketId, original.NotificationType)) + 1, now,
            force ? NotificationTrigger.Resend : NotificationTrigger.BulkResend, batch)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        dispatcher.Wake();
        live.Publish(new NotificationChanged(selection.Chosen[0].Id, selection.Chosen[0].TicketId));
        return new(batch, selection.Chosen.Count, selection.Skipped);
    }

    private static async Task<ResendBatch?> JustSubmittedAsync(AppDb db, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var recently = now - DoubleSubmit;
        return await db.WebhookNotifications
            .Where(row => row.RequestedBy == actor.UserId && row.ResentFrom != null && row.RunId != null && row.CreatedAt > recently && row.CreatedAt <= now)
            .GroupBy(row => row.RunId)
            .Select(group => new { Batch = group.Key, Count = group.Count(), Last = group.Max(row => row.Id) })
            .OrderByDescending(group => group.Last)
            .FirstOrDefaultAsync(cancellationToken) is { } found
            ? new(found.Batch, found.Count, new Dictionary<string, int>())
            : null;
    }
}
