using System.Globalization;
using System.Text.Json;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>
/// What screens and routes read about notifications. Bodies are in the answer only for actors who may
/// <see cref="Permissions.ManageNotifications"/>; the URL is always masked.
/// </summary>
public sealed class NotificationQueries(IDbContextFactory<AppDb> database)
{
    /// <param name="filter">A page size beyond <see cref="NotificationFilter.MaxPageSize"/> is cut; a page beyond the last is empty.</param>
    /// <param name="actor">Decides about bodies.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<NotificationResults> ListAsync(NotificationFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        var pageSize = Math.Clamp(filter.PageSize, 1, NotificationFilter.MaxPageSize);
        var page = Math.Max(1, filter.Page);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = filter.ApplyTo(db);
        var total = await rows.CountAsync(cancellationToken);
        var skip = (long)(page - 1) * pageSize;
        return new(
            skip >= total ? [] : await ReadAsync(db, Ordered(rows, filter).Skip((int)skip).Take(pageSize), ShowsBodies(actor), cancellationToken),
            total,
            page,
            pageSize);
    }

    /// <summary>Every row of a filter, in its order, whatever its page says.</summary>
    public async Task<IReadOnlyList<int>> IdsAsync(NotificationFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Ordered(filter.ApplyTo(db), filter).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>These rows in this order; one that is gone is left out.</summary>
    public async Task<IReadOnlyList<NotificationRow>> RowsAsync(IReadOnlyCollection<int> ids, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = (await ReadAsync(db, db.WebhookNotifications.Where(row => ids.Contains(row.Id)), ShowsBodies(actor), cancellationToken)).ToDictionary(row => row.Id);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    /// <summary>Whatever the filters: what each tab holds.</summary>
    public async Task<NotificationCounts> CountsAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var counts = await db.WebhookNotifications.GroupBy(row => row.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Status, row => row.Count, cancellationToken);
        return new(
            counts.Values.Sum(),
            counts.GetValueOrDefault(NotificationStatus.Dead),
            counts.GetValueOrDefault(NotificationStatus.Pending) + counts.GetValueOrDefault(NotificationStatus.Sending));
    }

    /// <summary>Every notification of a ticket, newest first, with the response bodies of the contract. Null for an unknown number.</summary>
    /// <param name="ticketId">The number people read, in the trash or not.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<IReadOnlyList<NotificationRow>?> HistoryAsync(string ticketId, CancellationToken cancellationToken)
    {
        if (ticketId.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Tickets.Where(ticket => ticket.TicketId == ticketId).Select(ticket => (int?)ticket.Id).SingleOrDefaultAsync(cancellationToken) is { } id
            ? await ReadAsync(db, NewestFirst(db.WebhookNotifications.Where(row => row.TicketId == id)), true, cancellationToken)
            : null;
    }

    /// <summary>Null for an unknown id.</summary>
    public async Task<NotificationDetail?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        var showsBodies = ShowsBodies(actor);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if ((await ReadAsync(db, db.WebhookNotifications.Where(row => row.Id == id), showsBodies, cancellationToken)).SingleOrDefault() is not { } row)
        {
            return null;
        }

        var attempts = await db.WebhookAttempts.AsNoTracking().Where(attempt => attempt.NotificationId == id)
            .OrderBy(attempt => attempt.Number).ToListAsync(cancellationToken);
        var ofTicket = await db.WebhookNotifications
            .Where(other => db.Tickets.Any(ticket => ticket.Id == other.TicketId && ticket.TicketId == row.TicketId))
            .Select(other => new { other.Id, other.Status, other.SentAt, other.CreatedAt, other.ResentFrom })
            .ToListAsync(cancellationToken);
        var ordered = ofTicket.OrderBy(other => other.CreatedAt).ThenBy(other => other.Id).ToList();
        var place = ordered.FindIndex(other => other.Id == id);
        var run = await db.ScanRuns.Where(run => run.Id == row.RunId)
            .Select(run => new NotificationRun(run.Id, run.StartedAt ?? run.RequestedAt, run.TotalOverdue, run.CreatedCount))
            .SingleOrDefaultAsync(cancellationToken);
        return new(
            row,
            [.. attempts.Select(attempt => RowOf(attempt, showsBodies))],
            place + 1,
            ordered.Count,
            place > 0 ? ordered[place - 1].Id : null,
            place + 1 < ordered.Count ? ordered[place + 1].Id : null,
            ordered.Take(place).Where(other => other.Status == NotificationStatus.Delivered).Max(other => other.SentAt),
            Because(attempts.FirstOrDefault()?.RequestBody),
            run,
            [.. ordered.Where(other => other.ResentFrom == id).Select(other => other.Id).Reverse()]);
    }

    private static bool ShowsBodies(Actor actor) => actor.Can(Permissions.ManageNotifications);

    private static IQueryable<WebhookNotification> Ordered(IQueryable<WebhookNotification> rows, NotificationFilter filter) => filter.Outage is null
        ? NewestFirst(rows)
        : rows.OrderBy(row => row.SentAt == null).ThenBy(row => row.SentAt).ThenBy(row => row.Id);

    private static IQueryable<WebhookNotification> NewestFirst(IQueryable<WebhookNotification> rows) =>
        rows.OrderByDescending(row => row.SentAt ?? row.CreatedAt).ThenByDescending(row => row.Id);

    private static async Task<IReadOnlyList<NotificationRow>> ReadAsync(
        AppDb db, IQueryable<WebhookNotification> notifications, bool showsBodies, CancellationToken cancellationToken)
    {
        var rows = await notifications.AsNoTracking()
            .Select(notification => new
            {
                Notification = notification,
                Ticket = db.Tickets.Where(ticket => ticket.Id == notification.TicketId)
                    .Select(ticket => new { ticket.TicketId, ticket.Title, ticket.Machine!.MachineType, ticket.Machine!.Model })
                    .FirstOrDefault(),
                RequestedBy = db.Users.Where(user => user.Id == notification.RequestedBy).Select(user => user.FullName).FirstOrDefault(),
                Last = db.WebhookAttempts
                    .Where(attempt => attempt.NotificationId == notification.Id && attempt.Number == notification.AttemptCount)
                    .Select(attempt => new { attempt.Outcome, attempt.DurationMs })
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new NotificationRow
            {
                Id = row.Notification.Id,
                TicketId = row.Ticket?.TicketId,
                TicketTitle = row.Ticket?.Title,
                MachineType = row.Ticket?.MachineType,
                MachineModel = row.Ticket?.Model,
                Type = row.Notification.NotificationType,
                Status = row.Notification.Status,
                Trigger = row.Notification.Trigger,
                RequestedBy = row.Notification.RequestedBy,
                RequestedByName = row.RequestedBy,
                CreatedAt = row.Notification.CreatedAt,
                SentAt = row.Notification.SentAt,
                NextAttemptAt = row.Notification.NextAttemptAt,
                AttemptCount = row.Notification.AttemptCount,
                ResponseStatus = row.Notification.ResponseStatus,
                ResponseBody = showsBodies ? row.Notification.ResponseBody : null,
                Cause = row.Notification.Cause,
                PossibleDuplicate = row.Notification.PossibleDuplicate,
                AsideCount = row.Notification.AsideCount,
                AsideError = showsBodies ? row.Notification.AsideError : null,
                RunId = row.Notification.RunId,
                ResentFrom = row.Notification.ResentFrom,
                WebhookId = row.Notification.WebhookId,
                Endpoint = WebhookUrlMask.Of(row.Notification.WebhookUrl),
                LastOutcome = row.Last?.Outcome,
                LastDurationMs = row.Last?.DurationMs,
            }),
        ];
    }

    private static AttemptRow RowOf(WebhookAttempt attempt, bool showsBodies) => new(
        attempt.Number,
        attempt.StartedAt,
        attempt.DurationMs,
        attempt.Outcome,
        attempt.ResponseStatus,
        attempt.Error,
        showsBodies ? attempt.RequestHeaders : null,
        showsBodies ? attempt.RequestBody : null,
        showsBodies ? attempt.ResponseHeaders : null,
        showsBodies ? attempt.ResponseBody : null,
        attempt.Endpoint,
        attempt.RemoteAddress,
        new(attempt.DnsMs, attempt.ConnectMs, attempt.TlsMs, attempt.FirstByteMs),
        attempt.IsProbe);

    /// <summary>The values of the rule, read back from what was sent.</summary>
    private static SentBecause? Because(string? requestBody)
    {
        if (requestBody is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(requestBody);
            string? Value(string key) => json.RootElement.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var isDated = DateTime.TryParseExact(
                Value("scheduled_date"), Text.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date);
            return new(isDated ? date : null, Value("assigned_to"), Value("status"));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
