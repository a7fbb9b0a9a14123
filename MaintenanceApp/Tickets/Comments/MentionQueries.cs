using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Comments;

/// <summary>Somebody was mentioned, or has read it.</summary>
public sealed record MentionChanged(int UserId);

/// <summary>A comment that names somebody. Instants are UTC.</summary>
public sealed record MentionRow(int Id, string TicketId, string Title, int CommentId, string AuthorName, string Comment, DateTime CreatedAt, DateTime? ReadAt);

/// <summary>What an account is told about the comments that name it.</summary>
public sealed class MentionQueries(IDbContextFactory<AppDb> database, LiveUpdates live, TimeProvider clock)
{
    /// <summary>Rows of the page.</summary>
    public const int Shown = 100;

    public async Task<int> UnreadAsync(int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Of(db, userId).CountAsync(mention => mention.ReadAt == null, cancellationToken);
    }

    /// <summary>Newest first; those on tickets in the trash are left out.</summary>
    public async Task<IReadOnlyList<MentionRow>> OfAsync(int userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Of(db, userId)
            .OrderByDescending(mention => mention.Id)
            .Take(Shown)
            .Join(db.TicketComments, mention => mention.CommentId, comment => comment.Id, (mention, comment) => new { mention, comment })
            .Join(db.Tickets, both => both.mention.TicketId, ticket => ticket.Id, (both, ticket) => new MentionRow(
                both.mention.Id, ticket.TicketId, ticket.Title, both.comment.Id, both.comment.UserName, both.comment.Comment, both.mention.CreatedAt, both.mention.ReadAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The account has seen the comments of this ticket; null = of every ticket.</summary>
    public async Task MarkReadAsync(int userId, int? ticketId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var count = await db.CommentMentions
            .Where(mention => mention.UserId == userId && mention.ReadAt == null && (ticketId == null || mention.TicketId == ticketId))
            .ExecuteUpdateAsync(set => set.SetProperty(mention => mention.ReadAt, now), cancellationToken);
        if (count > 0)
        {
            live.Publish(new MentionChanged(userId));
        }
    }

    private static IQueryable<CommentMention> Of(AppDb db, int userId) => db.CommentMentions.AsNoTracking()
        .Where(mention => mention.UserId == userId)
        .Where(mention => db.Tickets.Any(ticket => ticket.Id == mention.TicketId && ticket.DeletedAt == null));
}
