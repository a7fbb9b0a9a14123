using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Turns a <see cref="TicketFilter"/> into SQL: conditions and order, the same on both databases.</summary>
/// <param name="site">Where the days begin.</param>
/// <param name="now">UTC.</param>
/// <param name="userId">Who "mine" is.</param>
internal sealed class TicketSelection(SiteClock site, DateTime now, int userId)
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(30);

    private static readonly DateTime Never = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DateOnly today = DateOnly.FromDateTime(site.ToLocal(now));

    private DateOnly Monday => today.AddDays(-(((int)today.DayOfWeek + 6) % 7));

    public static TicketSelection At(SiteClock site, int userId) => new(site, site.UtcNow, userId);

    public DateTime Now => now;

    public Expression<Func<Ticket, bool>> In(TicketView view)
    {
        var (start, end) = site.DayOf(today);
        var since = now - Recently;
        return view switch
        {
            TicketView.AllOpen => TicketRules.IsOpen,
            TicketView.Overdue => TicketRules.IsOverdue(now),
            TicketView.DueToday => ticket => ticket.ScheduledDate >= start && ticket.ScheduledDate < end
                && !TicketRules.FinishedStatuses.Contains(ticket.Status),
            TicketView.Unassigned => ticket => ticket.AssignedTo == null
                && !TicketRules.FinishedStatuses.Contains(ticket.Status),
            TicketView.Mine => ticket => ticket.AssignedTo == userId
                && !TicketRules.FinishedStatuses.Contains(ticket.Status),
            TicketView.WaitingParts => ticket => ticket.Status == TicketStatus.WaitingParts,
            TicketView.Critical => ticket => ticket.Priority == TicketPriority.Critical
                && !TicketRules.FinishedStatuses.Contains(ticket.Status),
            TicketView.CompletedRecently => ticket => ticket.CompletedAt >= since,
        };
    }

    private Expression<Func<Ticket, bool>> Due(TicketDue due)
    {
        return due switch
        {
            TicketDue.Overdue => TicketRules.IsOverdue(now),
            TicketDue.Today => Between(today, today),
            TicketDue.Tomorrow => Between(today.AddDays(1), today.AddDays(1)),
            TicketDue.ThisWeek => Between(Monday, Monday.AddDays(6)),
            TicketDue.SevenDays => Between(today, today.AddDays(6)),
            TicketDue.NoDate => ticket => ticket.ScheduledDate == null,
        };

        Expression<Func<Ticket, bool>> Between(DateOnly first, DateOnly last)
        {
            var (start, end) = (site.DayOf(first).Start, site.DayOf(last).End);
            return ticket => ticket.ScheduledDate >= start && ticket.ScheduledDate < end;
        }
    }

    private IQueryable<Ticket> Planned(IQueryable<Ticket> tickets, DayRange days)
    {
        var (start, end) = Instants(days);
        return tickets.Where(ticket => ticket.ScheduledDate >= start && ticket.ScheduledDate < end);
    }

    private IQueryable<Ticket> Opened(IQueryable<Ticket> tickets, DayRange days)
    {
        var (start, end) = Instants(days);
        return tickets.Where(ticket => ticket.CreatedAt >= start && ticket.CreatedAt < end);
    }

    private DateOnly Since(TicketCreated created) => created switch
    {
        TicketCreated.Today => today,
        TicketCreated.ThisWeek => Monday,
        TicketCreated.SevenDays => today.AddDays(-6),
        TicketCreated.ThirtyDays => today.AddDays(-29),
    };

    private (DateTime Start, DateTime End) Instants(DayRange days) => (
        days.From is { } first ? site.DayOf(first).Start : DateTime.UnixEpoch,
        days.To is { } last ? site.DayOf(last).End : Never);

    public async Task<IQueryable<Ticket>> WhereAsync(AppDb db, TicketFilter filter, CancellationToken cancellationToken)
    {
        var tickets = db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt == null);
        tickets = filter.View is { } view ? InView(tickets, view) : tickets;
        tickets = filter.Statuses.Count > 0 ? tickets.Where(ticket => filter.Statuses.Contains(ticket.Status)) : tickets;
        tickets = filter.Priorities.Count > 0 ? tickets.Where(ticket => filter.Priorities.Contains(ticket.Priority)) : tickets;
        tickets = filter.MachineId is { } machineId ? tickets.Where(ticket => ticket.MachineId == machineId) : tickets;
        if (filter.Assignee == AssigneeFilter.Left)
        {
            tickets = tickets.Where(ticket => ticket.AssignedTo > User.TeamId && !db.Users.Any(user => user.Id == ticket.AssignedTo && user.DeactivatedAt == null));
        }
        else if (filter.Assignee is { } assignee)
        {
            var assignedTo = assignee == AssigneeFilter.Mine ? userId : assignee.UserId;
            tickets = tickets.Where(ticket => ticket.AssignedTo == assignedTo);
        }

        tickets = filter.IsOverdue switch
        {
            true => tickets.Where(TicketRules.IsOverdue(now)),
            false => tickets.Where(TicketRules.IsNotOverdue(now)),
            null => tickets,
        };
        tickets = filter.IsDueToday ? tickets.Where(In(TicketView.DueToday)) : tickets;
        tickets = filter.Due is { } due ? tickets.Where(Due(due)) : tickets;
        tickets = filter.DueBetween is { } days ? Planned(tickets, days) : tickets;
        tickets = filter.Created is { } created ? Opened(tickets, new DayRange(Since(created), null)) : tickets;
        tickets = filter.CreatedBetween is { } between ? Opened(tickets, between) : tickets;
        if (filter.Reporter is { } reporter)
        {
            var reportedBy = reporter == AssigneeFilter.Mine ? userId : reporter.UserId;
            tickets = tickets.Where(ticket => ticket.ReportedBy == reportedBy);
        }

        tickets = filter.Notified is { } notified ? Notified(db, tickets, notified) : tickets;
        tickets = filter.IsAcknowledged switch
        {
            true => tickets.Where(ticket => ticket.SnoozedUntil > now),
            false => tickets.Where(ticket => ticket.SnoozedUntil == null || ticket.SnoozedUntil <= now),
            null => tickets,
        };
        return await TicketSearch.Parse(filter.Text).WhereAsync(db, tickets, now, cancellationToken);
    }

    /// <summary>The same rows as <see cref="In"/>, through the index of the views: see <see cref="TicketRules.HasOpenStatus"/>.</summary>
    public IQueryable<Ticket> InView(IQueryable<Ticket> tickets, TicketView view) =>
        (view is TicketView.CompletedRecently ? tickets : tickets.Where(TicketRules.HasOpenStatus)).Where(In(view));

    private static IQueryable<Ticket> Notified(AppDb db, IQueryable<Ticket> tickets, TicketNotified notified) => notified switch
    {
        TicketNotified.Yes => tickets.Where(ticket =>
            db.WebhookNotifications.Any(row => row.TicketId == ticket.Id && row.Status == NotificationStatus.Delivered)),
        TicketNotified.No => tickets.Where(ticket =>
            !db.WebhookNotifications.Any(row => row.TicketId == ticket.Id && row.Status == NotificationStatus.Delivered)),
        TicketNotified.Failed => tickets.Where(ticket =>
            db.WebhookNotifications.Any(row => row.TicketId == ticket.Id && row.Status == NotificationStatus.Dead)),
    };

    public static IQueryable<Ticket> Sort(IQueryable<Ticket> tickets, IReadOnlyList<TicketSort> sort)
    {
        IOrderedQueryable<Ticket>? ordered = null;
        foreach (var step in sort is [] ? [TicketSort.Newest] : sort)
        {
            ordered = step.Column switch
            {
                TicketColumn.Id => By(ticket => ticket.Id),
                TicketColumn.TicketId => By(ticket => ticket.TicketId),
                TicketColumn.Title => By(ticket => ticket.Title),
                TicketColumn.Status => By(ticket => ticket.Status == TicketStatus.Received ? 0
                    : ticket.Status == TicketStatus.Diagnostic ? 1
                    : ticket.Status == TicketStatus.InProgress ? 2
                    : ticket.Status == TicketStatus.WaitingParts ? 3
                    : ticket.Status == TicketStatus.Completed ? 4 : 5),
                TicketColumn.Priority => By(ticket => ticket.Priority == TicketPriority.Low ? 0
                    : ticket.Priority == TicketPriority.Medium ? 1
                    : ticket.Priority == TicketPriority.High ? 2 : 3),
                TicketColumn.Machine => Last(ticket => ticket.MachineId == null).By(ticket => ticket.Machine!.MachineType + " " + ticket.Machine.Model),
                TicketColumn.AssignedTo => Last(ticket => ticket.AssignedTo == null).By(ticket => ticket.AssignedTo),
                TicketColumn.ScheduledDate => Last(ticket => ticket.ScheduledDate == null).By(ticket => ticket.ScheduledDate),
                TicketColumn.CreatedAt => By(ticket => ticket.CreatedAt),
                TicketColumn.UpdatedAt => By(ticket => ticket.UpdatedAt),
                TicketColumn.CompletedAt => Last(ticket => ticket.CompletedAt == null).By(ticket => ticket.CompletedAt),
            };

            IOrderedQueryable<Ticket> By<T>(Expression<Func<Ticket, T>> key) => new Step(tickets, ordered, step.Descending).By(key);
            Step Last(Expression<Func<Ticket, bool>> isMissing) => new(tickets, new Step(tickets, ordered, false).By(isMissing), step.Descending);
        }

        // Two pages never share a row: the id decides between equals.
        return sort is [.., { Descending: false }] ? ordered!.ThenBy(ticket => ticket.Id) : ordered!.ThenByDescending(ticket => ticket.Id);
    }

    private readonly record struct Step(IQueryable<Ticket> Tickets, IOrderedQueryable<Ticket>? Ordered, bool Descending)
    {
        public IOrderedQueryable<Ticket> By<T>(Expression<Func<Ticket, T>> key) => (Ordered, Descending) switch
        {
            (null, false) => Tickets.OrderBy(key),
            (null, true) => Tickets.OrderByDescending(key),
            ({ } ordered, false) => ordered.ThenBy(key),
            ({ } ordered, true) => ordered.ThenByDescending(key),
        };
    }
}
