using System.Globalization;
using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications;

/// <summary>A time in which the receiver took nothing. Instants are UTC.</summary>
/// <param name="From">The first failure.</param>
/// <param name="To">When it answered again.</param>
public sealed record Outage(DateTime From, DateTime To)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public TimeSpan Duration => To - From;

    /// <summary>An interval of ISO 8601: <c>2025-11-12T07:10:00Z/2025-11-12T08:40:00Z</c>. Null for anything else.</summary>
    public static Outage? Parse(string? text) =>
        text?.Split('/') is [var from, var to] && Instant(from) is { } start && Instant(to) is { } end && start < end ? new(start, end) : null;

    /// <summary>Whole seconds, rounded outwards so that nothing at its ends is lost.</summary>
    public override string ToString() =>
        $"{From.ToString(Format, CultureInfo.InvariantCulture)}/{To.AddTicks(TimeSpan.TicksPerSecond - 1).ToString(Format, CultureInfo.InvariantCulture)}";

    /// <summary>What waited because of it: written before its end, and not done before its start.</summary>
    internal IQueryable<WebhookNotification> Waited(IQueryable<WebhookNotification> rows)
    {
        var (from, to) = (From, To);
        return rows.Where(row => row.CreatedAt < to
            && (row.SentAt >= from
                || (row.SentAt == null && (row.CreatedAt >= from || row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending))));
    }

    private static DateTime? Instant(string text) => DateTime.TryParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}

/// <summary>What became of the notifications that waited in an outage.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Delivered">Accepted since.</param>
/// <param name="Waiting">Still to be sent.</param>
/// <param name="Twice">Perhaps received twice: an attempt without an answer, or a second delivery for the same ticket.</param>
public sealed record OutageSummary(int Total, int Delivered, int Waiting, int Twice);

/// <summary>Reads how an outage ended.</summary>
public sealed class OutageQuery(IDbContextFactory<AppDb> database)
{
    public async Task<OutageSummary> ReadAsync(Outage outage, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await outage.Waited(db.WebhookNotifications.AsNoTracking())
            .Select(row => new { row.Status, row.TicketId, row.PossibleDuplicate })
            .ToListAsync(cancellationToken);
        var delivered = rows.Where(row => row.Status == NotificationStatus.Delivered).ToList();
        return new(
            rows.Count,
            delivered.Count,
            rows.Count(row => row.Status is NotificationStatus.Pending or NotificationStatus.Sending),
            rows.Count(row => row.PossibleDuplicate) + delivered.Count(row => row.TicketId is not null) - delivered.Where(row => row.TicketId is not null).DistinctBy(row => row.TicketId).Count());
    }
}
