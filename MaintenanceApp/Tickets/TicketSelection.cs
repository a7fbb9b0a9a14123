using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>Turns a <see cref="TicketFilter"/> into SQL: conditions and order, the same on both databases.</summary>
/// <param name="site">Where the days begin.</param>
/// <param name="now">UTC.</param>
/// <param name="userId">Who "mine" is.</param>
internal sealed class TicketSelection(SiteClock site, DateTime now, int userId)
{
    private const int MaxWords = 10;

    private static readonly TimeSpan Recently = TimeSpan.FromDays(30);

    private readonly DateOnly today = DateOnly.FromDateTime(site.ToLocal(now));

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
                && ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived,
            TicketView.Unassigned => ticket => ticket.AssignedTo == null
                && ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived,
            TicketView.Mine => ticket => ticket.AssignedTo == userId
                && ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived,
            TicketView.WaitingParts => ticket => ticket.Status == TicketStatus.WaitingParts,
            TicketView.Critical => ticket => ticket.Priority == TicketPriority.Critical
                && ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived,
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
            TicketDue.SevenDays => Between(today, today.AddDays(6)),
            TicketDue.NoDate => ticket => ticket.ScheduledDate == null,
        };

        Expression<Func<Ticket, bool>> Between(DateOnly first, DateOnly last)
        {
            var (start, end) = (site.DayOf(first).Start, site.DayOf(last).End);
            return ticket => ticket.ScheduledDate >= start && ticket.ScheduledDate < end;
        }
    }

    public async Task<IQueryable<Ticket>> WhereAsync(AppDb db, TicketFilter filter, CancellationToken cancellationToken)
    {
        var tickets = db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt == null);
        tickets = filter.View is { } view ? tickets.Where(In(view)) : tickets;
        tickets = filter.Statuses.Count > 0 ? tickets.Where(ticket => filter.Statuses.Contains(ticket.Status)) : tickets;
        tickets = filter.Priorities.Count > 0 ? tickets.Where(ticket => filter.Priorities.Contains(ticket.Priority)) : tickets;
        tickets = filter.MachineId is { } machineId ? tickets.Where(ticket => ticket.MachineId == machineId) : tickets;
        if (filter.Assignee is { } assignee)
        {
            var assignedTo = assignee == AssigneeFilter.Mine ? userId : assignee.UserId;
            tickets = tickets.Where(ticket => ticket.AssignedTo == assignedTo);
        }

        tickets = filter.IsOverdue switch
        {
            true => tickets.Where(TicketRules.IsOverdue(now)),
            false => tickets.Where(ticket => ticket.ScheduledDate == null || ticket.ScheduledDate >= now
                || ticket.Status == TicketStatus.Completed || ticket.Status == TicketStatus.Archived),
            null => tickets,
        };
        tickets = filter.IsDueToday ? tickets.Where(In(TicketView.DueToday)) : tickets;
        tickets = filter.Due is { } due ? tickets.Where(Due(due)) : tickets;
        return await WithTextAsync(db, tickets, filter.Text, cancellationToken);
    }

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

    /// <summary>Each word must occur in the ticket's own text, or be part of the name of its machine or assignee.</summary>
    private static async Task<IQueryable<Ticket>> WithTextAsync(AppDb db, IQueryable<Ticket> tickets, string? text, CancellationToken cancellationToken)
    {
        var words = SearchText.Words(text).Distinct().Take(MaxWords).ToArray();
        if (words.Length == 0)
        {
            return tickets;
        }

        // Few rows beside the tickets: their names are folded here instead of being copied into every ticket.
        var machines = await db.Machines.AsNoTracking()
            .Select(machine => new { machine.Id, Name = machine.MachineType + " " + machine.Model }).ToListAsync(cancellationToken);
        var people = await db.Users.AsNoTracking()
            .Select(user => new { user.Id, Name = user.FullName }).ToListAsync(cancellationToken);
        foreach (var word in words)
        {
            var machineIds = machines.Where(machine => SearchText.Fold(machine.Name).Contains(word, StringComparison.Ordinal)).Select(machine => (int?)machine.Id).ToList();
            var userIds = people.Where(person => SearchText.Fold(PersonName.Of(person.Id, person.Name)).Contains(word, StringComparison.Ordinal)).Select(person => (int?)person.Id).ToList();
            tickets = tickets.Where(ticket => ticket.SearchText.Contains(word) || machineIds.Contains(ticket.MachineId) || userIds.Contains(ticket.AssignedTo));
        }

        return tickets;
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
