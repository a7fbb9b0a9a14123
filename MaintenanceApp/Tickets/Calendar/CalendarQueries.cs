using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>What the calendar reads: a period, the tray, one ticket. Every list is bounded; days are local days of the site.</summary>
public sealed class CalendarQueries(IDbContextFactory<AppDb> database, SiteClock site)
{
    public const int MaxEntries = 600;
    public const int MaxTray = 30;

    /// <param name="period">Local days.</param>
    /// <param name="byCompletion">Placed by the end of the work instead of the date planned.</param>
    /// <param name="filter">As in the list; paging and order are left aside.</param>
    /// <param name="userId">Who "mine" is.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<CalendarContent> ReadAsync(CalendarPeriod period, bool byCompletion, TicketFilter filter, int userId, CancellationToken cancellationToken)
    {
        var selection = TicketSelection.At(site, userId);
        var (start, end) = (site.DayOf(period.Start).Start, site.DayOf(period.End).Start);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await selection.WhereAsync(db, filter, cancellationToken);
        tickets = byCompletion
            ? tickets.Where(ticket => ticket.CompletedAt >= start && ticket.CompletedAt < end).OrderBy(ticket => ticket.CompletedAt).ThenBy(ticket => ticket.Id)
            : tickets.Where(ticket => ticket.ScheduledDate >= start && ticket.ScheduledDate < end).OrderBy(ticket => ticket.ScheduledDate).ThenBy(ticket => ticket.Id);
        var rows = await Rows(db, tickets.Take(MaxEntries + 1)).ToListAsync(cancellationToken);
        var placed = rows.Take(MaxEntries).Select(row => Place(row.ToEntry(selection.Now), byCompletion));
        return new CalendarContent([.. placed], rows.Count > MaxEntries);
    }

    /// <summary>Open tickets that are late, or that lack a date or a person.</summary>
    /// <param name="filter">As in the list.</param>
    /// <param name="order">Late ones are always in the order of their dates.</param>
    /// <param name="text">Further words that must all occur.</param>
    /// <param name="userId">Who "mine" is.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<CalendarTray> TrayAsync(TicketFilter filter, TrayOrder order, string? text, int userId, CancellationToken cancellationToken)
    {
        var selection = TicketSelection.At(site, userId);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = (await selection.WhereAsync(db, filter with { Text = $"{filter.Text} {text}".Trim() }, cancellationToken)).Where(TicketRules.IsOpen);
        var groups = new List<TrayGroup>();
        foreach (var reason in Enum.GetValues<TrayReason>())
        {
            var group = tickets.Where(Lacks(reason, selection.Now));
            var total = await group.CountAsync(cancellationToken);
            if (total > 0)
            {
                var sorted = TicketSelection.Sort(group, reason == TrayReason.Overdue ? [new(TicketColumn.ScheduledDate)] : Sort(order));
                var rows = await Rows(db, sorted.Take(MaxTray)).ToListAsync(cancellationToken);
                groups.Add(new TrayGroup(reason, [.. rows.Select(row => row.ToEntry(selection.Now))], total));
            }
        }

        return new CalendarTray(groups);
    }

    /// <summary>Null for an unknown ticket and for one in the trash.</summary>
    public async Task<CalendarEntry?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await Rows(db, db.Tickets.AsNoTracking().Where(ticket => ticket.Id == id && ticket.DeletedAt == null)).SingleOrDefaultAsync(cancellationToken);
        return row?.ToEntry(site.UtcNow);
    }

    /// <summary>When the ticket last used up the pause between two of its notifications, UTC; null = never.</summary>
    public async Task<DateTime?> LastNotifiedAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.WebhookNotifications.AsNoTracking()
            .Where(row => row.TicketId == id && row.NotificationType == WebhookNotification.OverdueScheduled)
            .Where(row => row.Status == NotificationStatus.Delivered || row.Status == NotificationStatus.Dead)
            .MaxAsync(row => row.Status == NotificationStatus.Delivered ? row.SentAt : row.CreatedAt, cancellationToken);
    }

    private static Expression<Func<Ticket, bool>> Lacks(TrayReason reason, DateTime now) => reason switch
    {
        TrayReason.Overdue => TicketRules.IsOverdue(now),
        TrayReason.NobodyNoDate => ticket => ticket.ScheduledDate == null && ticket.AssignedTo == null,
        TrayReason.NoDate => ticket => ticket.ScheduledDate == null && ticket.AssignedTo != null,
        TrayReason.Nobody => ticket => ticket.ScheduledDate >= now && ticket.AssignedTo == null,
    };

    private static TicketSort[] Sort(TrayOrder order) => order switch
    {
        TrayOrder.Priority => [new(TicketColumn.Priority, Descending: true), new(TicketColumn.CreatedAt)],
        TrayOrder.Oldest => [new(TicketColumn.CreatedAt)],
        TrayOrder.Newest => [new(TicketColumn.CreatedAt, Descending: true)],
        TrayOrder.Machine => [new(TicketColumn.Machine), new(TicketColumn.CreatedAt)],
    };

    private PlacedEntry Place(CalendarEntry entry, bool byCompletion)
    {
        var at = (byCompletion ? entry.CompletedAt : entry.ScheduledDate)!.Value;
        return new PlacedEntry(entry, DateOnly.FromDateTime(site.ToLocal(at)), at);
    }

    private static IQueryable<StoredEntry> Rows(AppDb db, IQueryable<Ticket> tickets) => tickets.Select(ticket => new StoredEntry(
        ticket.Id,
        ticket.TicketId,
        ticket.Title,
        ticket.Status,
        ticket.Priority,
        ticket.Machine!.MachineType,
        ticket.Machine.Model,
        ticket.AssignedTo,
        db.Users.Where(user => user.Id == ticket.AssignedTo && user.Id != User.TeamId).Select(user => user.FullName).FirstOrDefault() ?? ticket.AssigneeName,
        ticket.ScheduledDate,
        ticket.CompletedAt,
        ticket.SnoozedUntil,
        ticket.CreatedAt,
        ticket.Version)
    {
        AssigneeHasLeft = ticket.AssignedTo > User.TeamId && !db.Users.Any(user => user.Id == ticket.AssignedTo && user.DeactivatedAt == null),
    });

    private sealed record StoredEntry(
        int Id, string TicketId, string Title, TicketStatus Status, TicketPriority Priority, string? MachineType, string? MachineModel, int? AssignedTo,
        string? AssigneeName, DateTime? ScheduledDate, DateTime? CompletedAt, DateTime? SnoozedUntil, DateTime CreatedAt, int Version)
    {
        public bool AssigneeHasLeft { get; init; }

        public CalendarEntry ToEntry(DateTime now) => new(
            Id, TicketId, Title, Status, Priority, MachineLabel.Of(MachineType, MachineModel), AssignedTo, AssigneeName, ScheduledDate, CompletedAt,
            SnoozedUntil, CreatedAt, TicketRules.IsOverdue(Status, ScheduledDate, now), Version)
        {
            AssigneeHasLeft = AssigneeHasLeft,
        };
    }
}
