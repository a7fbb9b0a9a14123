using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>What became of a ticket's notifications.</summary>
/// <param name="Accepted">Accepted by the endpoint.</param>
/// <param name="Failed">Given up.</param>
public sealed record SendCounts(int Accepted, int Failed)
{
    public static SendCounts None { get; } = new(0, 0);
}

/// <summary>Counts notifications for the rows of a list.</summary>
public sealed class TicketSendQueries(IDbContextFactory<AppDb> database)
{
    /// <param name="ticketIds">Row ids of one page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>By ticket; tickets without any are absent.</returns>
    public async Task<IReadOnlyDictionary<int, SendCounts>> ReadAsync(IReadOnlyCollection<int> ticketIds, CancellationToken cancellationToken)
    {
        if (ticketIds.Count == 0)
        {
            return new Dictionary<int, SendCounts>();
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.WebhookNotifications.AsNoTracking()
            .Where(row => row.TicketId != null && ticketIds.Contains(row.TicketId.Value))
            .GroupBy(row => row.TicketId!.Value)
            .Select(group => new
            {
                group.Key,
                Accepted = group.Count(row => row.Status == NotificationStatus.Delivered),
                Failed = group.Count(row => row.Status == NotificationStatus.Dead),
            })
            .ToDictionaryAsync(row => row.Key, row => new SendCounts(row.Accepted, row.Failed), cancellationToken);
    }
}
