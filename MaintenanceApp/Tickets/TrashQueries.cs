using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

/// <summary>A ticket in the trash.</summary>
/// <param name="Id">The row.</param>
/// <param name="TicketId">The number people read.</param>
/// <param name="Title">What happened.</param>
/// <param name="DeletedAt">Since when, UTC.</param>
/// <param name="Version">As <see cref="Ticket.Version"/>.</param>
public sealed record TrashedTicketRow(int Id, string TicketId, string Title, DateTime DeletedAt, int Version);

/// <param name="Rows">Latest first.</param>
/// <param name="Total">Found on all pages.</param>
/// <param name="Page">From 1; never beyond the last.</param>
public sealed record TrashedTickets(IReadOnlyList<TrashedTicketRow> Rows, int Total, int Page);

/// <summary>What goes when tickets of the trash are deleted for good.</summary>
/// <param name="Tickets">How many.</param>
/// <param name="Comments">On them.</param>
/// <param name="Files">Photos and documents, those taken off too.</param>
/// <param name="FileBytes">Their size.</param>
/// <param name="Notifications">Rows of the history of sends.</param>
/// <param name="LastDeletedAt">When the last of them came into the trash, UTC; null when there are none.</param>
public sealed record TrashContents(int Tickets, int Comments, int Files, long FileBytes, int Notifications, DateTime? LastDeletedAt);

/// <summary>Reads the trash.</summary>
public sealed class TrashQueries(IDbContextFactory<AppDb> database, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <param name="search">As in the list of tickets; blank = all.</param>
    /// <param name="page">From 1; beyond the last is the last.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<TrashedTickets> ListAsync(string? search, int page, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await TicketSearch.Parse(search).WhereAsync(
            db, db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt != null), clock.GetUtcNow().UtcDateTime, cancellationToken);
        var total = await tickets.CountAsync(cancellationToken);
        var shown = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var rows = await tickets
            .OrderByDescending(ticket => ticket.DeletedAt).ThenByDescending(ticket => ticket.Id)
            .Skip((shown - 1) * PageSize).Take(PageSize)
            .Select(ticket => new TrashedTicketRow(ticket.Id, ticket.TicketId, ticket.Title, ticket.DeletedAt!.Value, ticket.Version))
            .ToListAsync(cancellationToken);
        return new(rows, total, shown);
    }

    /// <param name="ticketId">The row id of one ticket; null = the whole trash.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<TrashContents> ContentsAsync(int? ticketId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = db.Tickets.Where(ticket => ticket.DeletedAt != null && (ticketId == null || ticket.Id == ticketId));
        var files = db.TicketFiles.Where(file => tickets.Any(ticket => ticket.Id == file.TicketId));
        return new(
            await tickets.CountAsync(cancellationToken),
            await db.TicketComments.CountAsync(comment => tickets.Any(ticket => ticket.Id == comment.TicketId), cancellationToken),
            await files.CountAsync(cancellationToken),
            await files.SumAsync(file => file.SizeBytes, cancellationToken),
            await db.WebhookNotifications.CountAsync(row => tickets.Any(ticket => ticket.Id == row.TicketId), cancellationToken),
            await tickets.MaxAsync(ticket => ticket.DeletedAt, cancellationToken));
    }
}
