using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Comments;

/// <summary>What a comment said before. Instants are UTC.</summary>
public sealed record CommentRevisionRow(int Id, string Comment, DateTime ReplacedAt);

/// <summary>Corrects one's own comment for a quarter of an hour; what it said before stays readable.</summary>
public sealed class EditComment(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>Long enough for a slip, too short to rewrite what others have read.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>False when there is no such comment.</summary>
    /// <exception cref="ForbiddenException">Somebody else's comment, or the role may not comment.</exception>
    /// <exception cref="RuleException"><c>comment.too_late</c>, <c>ticket.in_trash</c>.</exception>
    /// <exception cref="StaleRecordException">The ticket was deleted for good meanwhile.</exception>
    public async Task<bool> ExecuteAsync(Actor actor, int commentId, CommentOnTicketRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.CommentTickets);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.TicketComments.SingleOrDefaultAsync(row => row.Id == commentId, cancellationToken) is not { } comment)
        {
            return false;
        }

        if (comment.UserId != actor.UserId)
        {
            throw new ForbiddenException(Permissions.EditTickets);
        }

        if (!MayEdit(actor, comment.UserId, comment.CreatedAt, now))
        {
            throw new RuleException("comment.too_late", $"Un commentaire se corrige pendant {Window.TotalMinutes:0} minutes.");
        }

        if (await db.Tickets.AnyAsync(ticket => ticket.Id == comment.TicketId && ticket.DeletedAt != null, cancellationToken))
        {
            throw new RuleException("ticket.in_trash", "Ce billet est dans la corbeille. Restaurez-le d’abord.");
        }

        if (comment.Comment == request.Comment!.Trim())
        {
            return true;
        }

        db.Add(comment.Edit(request.Comment, now));
        await TicketSaving.SaveAsync(db, cancellationToken);
        foreach (var person in await CommentMentions.AddAsync(db, comment, actor, now, cancellationToken))
        {
            live.Publish(new MentionChanged(person));
        }

        live.Publish(new TicketChanged(comment.TicketId));
        return true;
    }

    /// <summary>For pages: whether to offer it.</summary>
    public static bool MayEdit(Actor actor, int? authorId, DateTime createdAt, DateTime now) =>
        authorId == actor.UserId && actor.Can(Permissions.CommentTickets) && now - createdAt <= Window;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<CommentRevisionRow>> RevisionsAsync(int commentId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.CommentRevisions.AsNoTracking()
            .Where(revision => revision.CommentId == commentId)
            .OrderBy(revision => revision.Id)
            .Select(revision => new CommentRevisionRow(revision.Id, revision.Comment, revision.CreatedAt))
            .ToListAsync(cancellationToken);
    }
}
