using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Tickets.Comments;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets;

public sealed class CommentOnTicketRequest
{
    [Required(ErrorMessage = "Commentaire requis")]
    [StringLength(TicketComment.MaxLength, ErrorMessage = "Le commentaire doit avoir au plus {1} caractères")]
    public string? Comment { get; set => field = TypedText.Lines(value); }
}

/// <summary>Adds a comment in the name of the person who is signed in, and tells whoever it mentions.</summary>
public sealed class CommentOnTicket(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>Null when there is no such ticket.</summary>
    /// <exception cref="ForbiddenException">The role may not comment.</exception>
    /// <exception cref="RuleException"><c>ticket.in_trash</c>.</exception>
    /// <exception cref="StaleRecordException">The ticket was deleted for good meanwhile.</exception>
    public async Task<TicketCommentRow?> ExecuteAsync(Actor actor, int ticketId, CommentOnTicketRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.CommentTickets);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await db.Tickets.Where(row => row.Id == ticketId).Select(row => new { row.DeletedAt }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (found.DeletedAt is not null)
        {
            throw new RuleException("ticket.in_trash", "Ce billet est dans la corbeille. Restaurez-le d’abord.");
        }

        var comment = new TicketComment(ticketId, actor, request.Comment!, clock.GetUtcNow().UtcDateTime);
        db.Add(comment);
        await TicketSaving.SaveAsync(db, cancellationToken);
        foreach (var person in await CommentMentions.AddAsync(db, comment, actor, comment.CreatedAt, cancellationToken))
        {
            live.Publish(new MentionChanged(person));
        }

        live.Publish(new TicketChanged(ticketId));
        return new TicketCommentRow(comment.Id, ticketId, comment.UserId, comment.UserName, comment.UserRole, comment.Comment, comment.CreatedAt);
    }
}
