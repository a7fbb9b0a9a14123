using System.Globalization;
using System.Linq.Expressions;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>What screens and routes read about tickets.</summary>
public sealed class TicketQueries(IDbContextFactory<AppDb> database, SiteClock site)
{
    /// <summary>Words are looked for in the text of every ticket: up to so many ids are read in one walk, instead of one for the total and one for the page.</summary>
    private const int ReadAtOnce = 20_000;

    /// <param name="filter">A page size beyond <see cref="TicketFilter.MaxPageSize"/> is cut; a page beyond the last is empty.</param>
    /// <param name="userId">Who "mine" is.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<TicketResults> ListAsync(TicketFilter filter, int userId, CancellationToken cancellationToken)
    {
        var selection = TicketSelection.At(site, userId);
        var pageSize = Math.Clamp(filter.PageSize, 1, TicketFilter.MaxPageSize);
        var page = Math.Max(1, filter.Page);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await selection.WhereAsync(db, filter, cancellationToken);

        // The page's ids first: the index of the views holds what is usually sorted by, and long texts are read for the page only.
        var ids = TicketSelection.Sort(tickets, filter.Sort).Select(ticket => ticket.Id);
        var (total, shown) = await PageAsync(ids, hasWords: TicketSearch.Parse(filter.Text).Words.Count > 0, (long)(page - 1) * pageSize, pageSize, cancellationToken);
        return new TicketResults(await RowsAsync(db, shown, selection.Now, cancellationToken), total, page, pageSize);
    }

    /// <summary>The ids of every ticket the filter finds, in its order, whatever the page.</summary>
    /// <param name="filter">Its page is not looked at.</param>
    /// <param name="userId">Who "mine" is.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<int>> IdsAsync(TicketFilter filter, int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await TicketSelection.At(site, userId).WhereAsync(db, filter, cancellationToken);
        return await TicketSelection.Sort(tickets, filter.Sort).Select(ticket => ticket.Id).ToListAsync(cancellationToken);
    }

    /// <summary>How many tickets the filter finds.</summary>
    public async Task<int> CountAsync(TicketFilter filter, int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await (await TicketSelection.At(site, userId).WhereAsync(db, filter, cancellationToken)).CountAsync(cancellationToken);
    }

    /// <summary>In the order of <paramref name="ids"/>; those that are in the trash too, those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<TicketRow>> RowsAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await RowsAsync(db, ids, site.UtcNow, cancellationToken);
    }

    /// <param name="userId">Who "mine" is.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<TicketCounts> CountsAsync(int userId, CancellationToken cancellationToken)
    {
        var selection = TicketSelection.At(site, userId);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var alive = db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt == null);

        var (overdue, dueToday, unassigned, mine) =
            (selection.In(TicketView.Overdue), selection.In(TicketView.DueToday), selection.In(TicketView.Unassigned), selection.In(TicketView.Mine));
        var (waiting, critical) = (selection.In(TicketView.WaitingParts), selection.In(TicketView.Critical));

        // One walk over the open tickets in the index of the views, whatever the number of views.
        var counts = await alive.Where(TicketRules.HasOpenStatus).GroupBy(_ => 1).Select(open => new
        {
            All = open.Count(),
            Overdue = open.AsQueryable().Count(overdue),
            DueToday = open.AsQueryable().Count(dueToday),
            Unassigned = open.AsQueryable().Count(unassigned),
            Mine = open.AsQueryable().Count(mine),
            Waiting = open.AsQueryable().Count(waiting),
            Critical = open.AsQueryable().Count(critical),
        }).FirstOrDefaultAsync(cancellationToken);
        var recent = await alive.CountAsync(selection.In(TicketView.CompletedRecently), cancellationToken);
        var every = await alive.CountAsync(cancellationToken);
        return counts is null
            ? new TicketCounts(0, 0, 0, 0, 0, 0, 0, recent, every)
            : new TicketCounts(counts.All, counts.Overdue, counts.DueToday, counts.Unassigned, counts.Mine, counts.Waiting, counts.Critical, recent, every);
    }

    /// <summary>The row id for a number people read or for the id itself; null for neither. Tickets in the trash are found too.</summary>
    public async Task<int?> FindIdAsync(string ticketIdOrId, CancellationToken cancellationToken)
    {
        var text = ticketIdOrId.Trim();
        if (text.Length is 0 or > Ticket.TicketIdMaxLength || text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        return await db.Tickets
            .Where(ticket => ticket.TicketId == text || (isNumber && ticket.Id == id))
            .OrderBy(ticket => ticket.TicketId == text ? 0 : 1)
            .Select(ticket => (int?)ticket.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>By the number people read or by the row id; null when there is none.</summary>
    public async Task<TicketDetail?> FindAsync(string ticketIdOrId, CancellationToken cancellationToken) =>
        await FindIdAsync(ticketIdOrId, cancellationToken) is { } id ? await FindAsync(id, cancellationToken) : null;

    /// <param name="id">The row's id.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <param name="newest">At most so many changes and so many comments, the newest.</param>
    public async Task<TicketDetail?> FindAsync(int id, CancellationToken cancellationToken, int newest = int.MaxValue)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await Rows(db, db.Tickets.AsNoTracking().Where(ticket => ticket.Id == id)).SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            return null;
        }

        var comments = await CommentRows(db.TicketComments.Where(comment => comment.TicketId == id), newest).ToListAsync(cancellationToken);
        comments.Reverse();
        return new TicketDetail(
            row.ToTicketRow(site.UtcNow),
            row.TypedReporter,
            row.DeletedAt,
            await TicketHistory.ReadAsync(db, id, newest, cancellationToken),
            await TicketHistory.WithMentionsAsync(db, id, comments, cancellationToken))
        {
            Files = await db.TicketFiles.AsNoTracking().Where(file => file.TicketId == id).OrderBy(file => file.Id).Select(TicketFileRow.Of).ToListAsync(cancellationToken),
            CommentCount = comments.Count < newest ? comments.Count : await db.TicketComments.CountAsync(comment => comment.TicketId == id, cancellationToken),
            ChangeCount = await db.TicketTimeline.CountAsync(entry => entry.TicketId == id, cancellationToken),
        };
    }

    /// <summary>Oldest first; empty for an unknown ticket.</summary>
    public async Task<IReadOnlyList<TicketCommentRow>> CommentsAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var comments = await CommentRows(db.TicketComments.Where(comment => comment.TicketId == id), int.MaxValue).ToListAsync(cancellationToken);
        comments.Reverse();
        return comments;
    }

    /// <summary>Null when there is no such comment.</summary>
    public async Task<TicketCommentRow?> CommentAsync(int commentId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await CommentRows(db.TicketComments.Where(comment => comment.Id == commentId), 1).SingleOrDefaultAsync(cancellationToken);
    }

    private static async Task<(int Total, IReadOnlyList<int> Shown)> PageAsync(IQueryable<int> ids, bool hasWords, long skip, int size, CancellationToken cancellationToken)
    {
        if (hasWords && await ids.Take(ReadAtOnce + 1).ToListAsync(cancellationToken) is { Count: <= ReadAtOnce } found)
        {
            return (found.Count, skip >= found.Count ? [] : [.. found.Skip((int)skip).Take(size)]);
        }

        var total = await ids.CountAsync(cancellationToken);
        return (total, skip >= total ? [] : await ids.Skip((int)skip).Take(size).ToListAsync(cancellationToken));
    }

    /// <summary>Newest first.</summary>
    private static IQueryable<TicketCommentRow> CommentRows(IQueryable<TicketComment> comments, int newest) => comments.AsNoTracking()
        .OrderByDescending(comment => comment.CreatedAt).ThenByDescending(comment => comment.Id)
        .Take(newest)
        .Select(comment => new TicketCommentRow(
            comment.Id, comment.TicketId, comment.UserId, comment.UserName, comment.UserRole, comment.Comment, comment.CreatedAt, comment.EditedAt));

    private static async Task<IReadOnlyList<TicketRow>> RowsAsync(AppDb db, IReadOnlyList<int> ids, DateTime now, CancellationToken cancellationToken)
    {
        var rows = ids is [] ? [] : await Rows(db, db.Tickets.AsNoTracking().Where(ticket => ids.Contains(ticket.Id))).ToDictionaryAsync(row => row.Ticket.Id, cancellationToken);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id].ToTicketRow(now))];
    }

    private static IQueryable<StoredRow> Rows(AppDb db, IQueryable<Ticket> tickets) => tickets.Select(ticket => new StoredRow
    {
        Ticket = ticket,
        MachineType = ticket.Machine!.MachineType,
        MachineModel = ticket.Machine.Model,
        Assignee = db.Users.Where(user => user.Id == ticket.AssignedTo).Select(user => user.FullName).FirstOrDefault(),
        AssigneeIsActive = db.Users.Any(user => user.Id == ticket.AssignedTo && user.DeactivatedAt == null),
        Reporter = db.Users.Where(user => user.Id == ticket.ReportedBy).Select(user => user.FullName).FirstOrDefault(),
    });

    /// <summary>A ticket with the names it points to, before they are put into words.</summary>
    private sealed class StoredRow
    {
        public required Ticket Ticket { get; init; }

        public string? MachineType { get; init; }

        public string? MachineModel { get; init; }

        public string? Assignee { get; init; }

        public bool AssigneeIsActive { get; init; }

        public string? Reporter { get; init; }

        public string? TypedReporter => Ticket.ReporterName;

        public DateTime? DeletedAt => Ticket.DeletedAt;

        public TicketRow ToTicketRow(DateTime now) => new(
            Ticket.Id,
            Ticket.TicketId,
            Ticket.Title,
            Ticket.Description,
            Ticket.Status,
            Ticket.Priority,
            Ticket.MachineId,
            MachineType,
            MachineModel,
            Ticket.AssignedTo,
            PersonName.Of(Ticket.AssignedTo, Assignee ?? Ticket.AssigneeName),
            Ticket.ReportedBy,
            Ticket.ReporterName ?? Reporter ?? "N/A",
            Ticket.ScheduledDate,
            Ticket.SnoozedUntil,
            Ticket.CreatedAt,
            Ticket.UpdatedAt,
            Ticket.CompletedAt,
            Ticket.DeletedAt is null && TicketRules.IsOverdue(Ticket.Status, Ticket.ScheduledDate, now),
            Ticket.Version)
        {
            AssigneeHasLeft = Ticket.AssignedTo > User.TeamId && !AssigneeIsActive,
        };
    }
}
