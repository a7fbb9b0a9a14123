using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Operations;

/// <summary>Reads the overview. Counts come from the ticket list's own views, so that each number equals the rows behind its link.</summary>
public sealed class OverviewQueries(
    IDbContextFactory<AppDb> database,
    TicketQueries tickets,
    MachineQueries machines,
    MachineTicketCounts machineCounts,
    SiteClock site)
{
    public const int TodoSize = 10;
    private const int NotificationSize = 5;
    private static readonly TimeSpan Soon = TimeSpan.FromHours(8);

    /// <param name="userId">Who « mine » is in the counts.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<Overview> ReadAsync(int userId, CancellationToken cancellationToken)
    {
        var now = site.UtcNow;
        var endOfDay = site.DayOf(site.Today).End;
        var counts = await tickets.CountsAsync(userId, cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var open = db.Tickets.AsNoTracking().Where(TicketRules.IsOpen);
        var next = await open.Where(ticket => ticket.ScheduledDate >= now).MinAsync(ticket => ticket.ScheduledDate, cancellationToken);
        var byStatus = await open.GroupBy(ticket => ticket.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var todo = Todo(open, now);
        return new Overview(
            counts,
            await open.Where(TicketRules.IsOverdue(now)).MinAsync(ticket => ticket.ScheduledDate, cancellationToken),
            next < endOfDay ? next : null,
            next,
            await open.CountAsync(ticket => ticket.AssignedTo == null && ticket.Priority == TicketPriority.Critical, cancellationToken),
            TicketRules.OpenStatuses.ToDictionary(status => status, status => byStatus.GetValueOrDefault(status)),
            await TodoRowsAsync(db, todo, now, cancellationToken),
            await todo.CountAsync(cancellationToken),
            await MachinesAsync(cancellationToken),
            await NotificationsAsync(db, cancellationToken))
        {
            OfPeopleWhoLeft = await tickets.CountAsync(new TicketFilter { View = TicketView.AllOpen, Assignee = AssigneeFilter.Left }, userId, cancellationToken),
        };
    }

    private static IQueryable<Ticket> Todo(IQueryable<Ticket> open, DateTime now)
    {
        var soon = now + Soon;
        return open.Where(ticket => ticket.ScheduledDate < now
            || (ticket.ScheduledDate < soon && TicketRules.NotifyingStatuses.Contains(ticket.Status))
            || (ticket.AssignedTo == null && ticket.Priority == TicketPriority.Critical));
    }

    private static async Task<IReadOnlyList<TodoRow>> TodoRowsAsync(AppDb db, IQueryable<Ticket> todo, DateTime now, CancellationToken cancellationToken)
    {
        var rows = await todo
            .OrderBy(ticket => ticket.ScheduledDate < now ? 0 : ticket.ScheduledDate != null ? 1 : 2)
            .ThenBy(ticket => ticket.ScheduledDate >= now ? 0
                : ticket.Priority == TicketPriority.Critical ? 0
                : ticket.Priority == TicketPriority.High ? 1
                : ticket.Priority == TicketPriority.Medium ? 2 : 3)
            .ThenBy(ticket => ticket.ScheduledDate)
            .ThenBy(ticket => ticket.Id)
            .Take(TodoSize)
            .Select(ticket => new
            {
                Ticket = ticket,
                ticket.Machine!.MachineType,
                ticket.Machine.Model,
                IsActive = db.Users.Any(user => user.Id == ticket.AssignedTo && user.DeactivatedAt == null),
                Assignee = db.Users.Where(user => user.Id == ticket.AssignedTo).Select(user => user.FullName).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new TodoRow(
                row.Ticket.Id, row.Ticket.TicketId, row.Ticket.Title, row.Ticket.Priority, row.Ticket.Status,
                row.MachineType is null ? null : MachineLabel.Of(row.MachineType, row.Model),
                row.Ticket.AssignedTo, PersonName.Of(row.Ticket.AssignedTo, row.Assignee),
                row.Ticket.ScheduledDate, row.Ticket.SnoozedUntil, row.Ticket.CreatedAt, row.Ticket.Version)
            {
                AssigneeHasLeft = row.Ticket.AssignedTo > User.TeamId && !row.IsActive,
            }),
        ];
    }

    private static async Task<IReadOnlyList<OverviewNotification>> NotificationsAsync(AppDb db, CancellationToken cancellationToken) =>
        await db.WebhookNotifications.AsNoTracking()
            .OrderByDescending(notification => notification.CreatedAt).ThenByDescending(notification => notification.Id)
            .Take(NotificationSize)
            .Join(db.Tickets, notification => notification.TicketId, ticket => ticket.Id, (notification, ticket) => new { notification, ticket })
            .OrderByDescending(row => row.notification.CreatedAt).ThenByDescending(row => row.notification.Id)
            .Select(row => new OverviewNotification(
                row.notification.Id, row.ticket.TicketId, row.ticket.Title, row.notification.Status, row.notification.AttemptCount,
                row.notification.ResponseStatus, row.notification.SentAt ?? row.notification.CreatedAt, row.notification.NextAttemptAt,
                row.notification.AsideCount > 0 && row.notification.Status == NotificationStatus.Pending))
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<OverviewMachine>> MachinesAsync(CancellationToken cancellationToken)
    {
        var counts = await machineCounts.ReadAsync(cancellationToken);
        return
        [
            .. (await machines.ListAsync(cancellationToken))
                .Select(machine => (Machine: machine, Tickets: counts.GetValueOrDefault(machine.Id, MachineTickets.None)))
                .Select(row => new OverviewMachine(row.Machine.Id, MachineLabel.Of(row.Machine.MachineType, row.Machine.Model) ?? row.Machine.Name, row.Machine.Status, row.Tickets.Open, row.Tickets.Overdue))
                .OrderByDescending(row => row.Overdue).ThenByDescending(row => row.Open),
        ];
    }
}
