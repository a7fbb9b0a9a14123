using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Machines;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Board;

/// <summary>What to read of the board.</summary>
/// <param name="Filter">As of the list. Its statuses choose the columns that are unfolded; the page is of no interest here.</param>
/// <param name="Lanes">Null = one row.</param>
/// <param name="ShowsArchived">Unfolds the last column.</param>
public sealed record BoardQuestion(TicketFilter Filter, BoardLaneKind? Lanes = null, bool ShowsArchived = false)
{
    /// <summary>Cards asked of a column; <see cref="BoardQueries.CardsPerColumn"/> where it says nothing.</summary>
    public IReadOnlyDictionary<TicketStatus, int> Cards { get; init; } = new Dictionary<TicketStatus, int>();

    /// <summary>Whether a column is only a strip with its name: the archive until it is opened, and what a status filter leaves out.</summary>
    public bool IsFolded(TicketStatus status) => Filter.Statuses.Count > 0
        ? !Filter.Statuses.Contains(status)
        : status == TicketStatus.Archived && !ShowsArchived;
}

/// <summary>Reads the board: numbers of every cell, and of each column a bounded number of cards.</summary>
public sealed class BoardQueries(IDbContextFactory<AppDb> database, SiteClock site)
{
    public const int CardsPerColumn = 50;

    /// <summary>Beyond this the list is the better place.</summary>
    public const int MaxCardsPerColumn = 500;

    private const int MaxLanes = 100;

    /// <summary>How long « Terminé » keeps a ticket.</summary>
    public static readonly TimeSpan CompletedFor = TimeSpan.FromDays(7);

    private static readonly IReadOnlyList<TicketSort> LatestEnd = [new(TicketColumn.CompletedAt, Descending: true)];

    /// <param name="actor">Who looks; "mine" is theirs.</param>
    /// <param name="question">What to read.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <exception cref="ForbiddenException">The role may not see tickets.</exception>
    public async Task<BoardView> ReadAsync(Actor actor, BoardQuestion question, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ReadTickets);
        var selection = TicketSelection.At(site, actor.UserId);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await OnBoardAsync(db, selection, question.Filter, cancellationToken);
        var tallies = await TalliesAsync(tickets, question.Lanes, selection.Now, cancellationToken);
        var limits = await LimitsAsync(db, cancellationToken);
        var columns = new List<BoardColumn>();
        foreach (var status in Enum.GetValues<TicketStatus>())
        {
            var ofStatus = tallies.Where(tally => tally.Status == status).ToList();
            var (count, overdue) = (ofStatus.Sum(tally => tally.Count), ofStatus.Sum(tally => tally.Overdue));
            var limit = question.IsFolded(status) ? 0 : Math.Clamp(question.Cards.GetValueOrDefault(status, CardsPerColumn), 1, MaxCardsPerColumn);
            var sort = question.Filter.Sort is [] ? Pages.TicketListUrl.UsualSort(TicketView.AllOpen) : question.Filter.Sort;
            var cards = await CardsAsync(db, tickets, status, (count, overdue), sort, limit, selection.Now, cancellationToken);
            columns.Add(new BoardColumn(status, count, overdue, cards) { Limit = limits.GetValueOrDefault(status) });
        }

        columns = await WithFactsAsync(db, columns, cancellationToken);
        var lanes = question.Lanes is { } kind ? await LanesAsync(db, kind, tallies, cancellationToken) : [];
        return new BoardView(columns, lanes, tallies);
    }

    /// <summary>The ticket's column now; null when it is gone or in the trash.</summary>
    public async Task<TicketStatus?> StatusAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Tickets.AsNoTracking().Where(ticket => ticket.Id == id && ticket.DeletedAt == null)
            .Select(ticket => (TicketStatus?)ticket.Status).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The column's limit and what it counts now; null when it has none.</summary>
    public async Task<BoardLimit?> LimitAsync(TicketStatus status, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return (await LimitsAsync(db, cancellationToken)).GetValueOrDefault(status);
    }

    /// <summary>Whatever is filtered: a limit is about the work there is, not about what one person looks at.</summary>
    private static async Task<Dictionary<TicketStatus, BoardLimit>> LimitsAsync(AppDb db, CancellationToken cancellationToken) => await db.ColumnLimits.AsNoTracking()
        .Select(limit => new { limit.Status, limit.Most, Total = db.Tickets.Count(ticket => ticket.Status == limit.Status && ticket.DeletedAt == null) })
        .ToDictionaryAsync(limit => limit.Status, limit => new BoardLimit(limit.Most, limit.Total), cancellationToken);

    /// <summary>The columns take the place of the view « all open » and of the status filter.</summary>
    private static async Task<IQueryable<Ticket>> OnBoardAsync(AppDb db, TicketSelection selection, TicketFilter filter, CancellationToken cancellationToken)
    {
        var view = filter.View == TicketView.AllOpen ? null : filter.View;
        var since = selection.Now - CompletedFor;
        return (await selection.WhereAsync(db, filter with { View = view, Statuses = [] }, cancellationToken))
            .Where(ticket => ticket.Status != TicketStatus.Completed || ticket.CompletedAt >= since);
    }

    private static async Task<List<BoardTally>> TalliesAsync(
        IQueryable<Ticket> tickets, BoardLaneKind? lanes, DateTime now, CancellationToken cancellationToken)
    {
        var keyed = lanes switch
        {
            BoardLaneKind.Machine => tickets.Select(ticket => new { ticket.Status, ticket.ScheduledDate, Key = ticket.MachineId }),
            BoardLaneKind.Assignee => tickets.Select(ticket => new { ticket.Status, ticket.ScheduledDate, Key = ticket.AssignedTo }),
            BoardLaneKind.Priority => tickets.Select(ticket => new
            {
                ticket.Status,
                ticket.ScheduledDate,
                Key = (int?)(ticket.Priority == TicketPriority.Low ? 0 : ticket.Priority == TicketPriority.Medium ? 1 : ticket.Priority == TicketPriority.High ? 2 : 3),
            }),
            _ => tickets.Select(ticket => new { ticket.Status, ticket.ScheduledDate, Key = (int?)null }),
        };
        var groups = await keyed.GroupBy(row => new { row.Status, row.Key })
            .Select(group => new { group.Key.Status, group.Key.Key, Count = group.Count(), Passed = group.Count(row => row.ScheduledDate < now) })
            .ToListAsync(cancellationToken);
        return
        [
            .. groups.Select(group => new BoardTally(
                group.Status, group.Key, group.Count, TicketRules.IsFinished(group.Status) ? 0 : group.Passed)),
        ];
    }

    private static async Task<IReadOnlyList<BoardTicket>> CardsAsync(
        AppDb db, IQueryable<Ticket> tickets, TicketStatus status, (int All, int Overdue) count, IReadOnlyList<TicketSort> sort, int limit, DateTime now,
        CancellationToken cancellationToken)
    {
        if (limit == 0 || count.All == 0)
        {
            return [];
        }

        var column = tickets.Where(ticket => ticket.Status == status);
        if (TicketRules.IsFinished(status))
        {
            return await TakeAsync(column, LatestEnd, limit);
        }

        // The usual order has the late ones on top by itself.
        if (count.Overdue == 0 || count.Overdue == count.All || sort is [{ Column: TicketColumn.ScheduledDate, Descending: false }, ..])
        {
            return await TakeAsync(column, sort, limit);
        }

        var late = await TakeAsync(column.Where(ticket => ticket.ScheduledDate < now), sort, limit);
        return late.Count == limit
            ? late
            : [.. late, .. await TakeAsync(column.Where(ticket => ticket.ScheduledDate == null || ticket.ScheduledDate >= now), sort, limit - late.Count)];

        async Task<List<BoardTicket>> TakeAsync(IQueryable<Ticket> some, IReadOnlyList<TicketSort> order, int most) =>
            await Cards(db, TicketSelection.Sort(some, order).Take(most), now).ToListAsync(cancellationToken);
    }

    private static IQueryable<BoardTicket> Cards(AppDb db, IQueryable<Ticket> tickets, DateTime now) => tickets.Select(ticket => new BoardTicket(
        ticket.Id,
        ticket.TicketId,
        ticket.Title,
        ticket.Status,
        ticket.Priority,
        ticket.MachineId,
        ticket.Machine!.MachineType,
        ticket.Machine.Model,
        (MachineStatus?)ticket.Machine.Status,
        ticket.AssignedTo,
        PersonName.Of(ticket.AssignedTo, db.Users.Where(user => user.Id == ticket.AssignedTo).Select(user => user.FullName).FirstOrDefault() ?? ticket.AssigneeName),
        ticket.ScheduledDate,
        ticket.SnoozedUntil,
        ticket.CompletedAt,
        TicketRules.IsOverdue(ticket.Status, ticket.ScheduledDate, now),
        ticket.Version)
    {
        AssigneeHasLeft = ticket.AssignedTo > User.TeamId && !db.Users.Any(user => user.Id == ticket.AssignedTo && user.DeactivatedAt == null),
    });

    /// <summary>What the cards' icons say, for the cards that are shown only.</summary>
    private static async Task<List<BoardColumn>> WithFactsAsync(AppDb db, List<BoardColumn> columns, CancellationToken cancellationToken)
    {
        var ids = columns.SelectMany(column => column.Cards).Select(card => card.Id).ToList();
        if (ids.Count == 0)
        {
            return columns;
        }

        var comments = await db.TicketComments.AsNoTracking().Where(comment => ids.Contains(comment.TicketId))
            .GroupBy(comment => comment.TicketId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var files = await db.TicketFiles.AsNoTracking().Where(file => ids.Contains(file.TicketId) && file.DeletedAt == null)
            .GroupBy(file => file.TicketId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var sends = await db.WebhookNotifications.AsNoTracking().Where(send => send.TicketId != null && ids.Contains(send.TicketId.Value))
            .GroupBy(send => send.TicketId!.Value)
            .Select(group => new { group.Key, Delivered = group.Count(send => send.Status == NotificationStatus.Delivered), Last = group.Max(send => send.Id) })
            .ToDictionaryAsync(group => group.Key, cancellationToken);
        var last = sends.Values.Select(send => send.Last).ToList();
        var failed = await db.WebhookNotifications.AsNoTracking()
            .Where(send => last.Contains(send.Id) && send.Status == NotificationStatus.Dead)
            .Select(send => send.TicketId!.Value).ToListAsync(cancellationToken);
        return [.. columns.Select(column => column with { Cards = [.. column.Cards.Select(WithFacts)] })];

        BoardTicket WithFacts(BoardTicket card) => card with
        {
            Comments = comments.GetValueOrDefault(card.Id),
            Files = files.GetValueOrDefault(card.Id),
            Sends = sends.TryGetValue(card.Id, out var sent) ? new BoardSends(sent.Delivered, failed.Contains(card.Id)) : BoardSends.None,
        };
    }

    private static async Task<IReadOnlyList<BoardLane>> LanesAsync(
        AppDb db, BoardLaneKind kind, List<BoardTally> tallies, CancellationToken cancellationToken)
    {
        var keys = tallies.Select(tally => tally.LaneKey).OfType<int>().Distinct().ToList();
        var names = kind switch
        {
            BoardLaneKind.Machine => (await db.Machines.AsNoTracking().Where(machine => keys.Contains(machine.Id))
                .Select(machine => new { machine.Id, machine.MachineType, machine.Model }).ToListAsync(cancellationToken))
                .ToDictionary(machine => machine.Id, machine => MachineLabel.Of(machine.MachineType, machine.Model)),
            BoardLaneKind.Assignee => await db.Users.AsNoTracking().Where(user => keys.Contains(user.Id))
                .ToDictionaryAsync(user => user.Id, user => (string?)user.FullName, cancellationToken),
            BoardLaneKind.Priority => [],
        };
        var lanes = tallies.GroupBy(tally => tally.LaneKey)
            .Select(lane => new BoardLane(lane.Key, lane.Key is { } key ? names.GetValueOrDefault(key) : null, lane.Sum(tally => tally.Count), lane.Sum(tally => tally.Overdue)));
        var ordered = kind == BoardLaneKind.Priority
            ? lanes.OrderByDescending(lane => lane.Key)
            : lanes.OrderBy(lane => lane.Key is null).ThenByDescending(lane => lane.Overdue).ThenByDescending(lane => lane.Count).ThenBy(lane => lane.Key);
        return [.. ordered.Take(MaxLanes)];
    }
}
