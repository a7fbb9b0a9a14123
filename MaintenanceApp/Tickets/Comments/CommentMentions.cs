using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Comments;

/// <summary>Who a comment mentions: <c>@</c> and the whole name of an active account, whatever its case.</summary>
internal static class CommentMentions
{
    /// <summary>Where <c>@name</c> stands as a whole, -1 = nowhere.</summary>
    public static int IndexOf(string text, string name)
    {
        var wanted = "@" + name;
        for (var at = Find(0); at >= 0; at = Find(at + 1))
        {
            var before = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var end = at + wanted.Length;
            if (before && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return at;
            }
        }

        return -1;

        int Find(int from) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, wanted, from, CompareOptions.OrdinalIgnoreCase);
    }

    /// <summary>Writes down whoever is newly mentioned, so that their bell tells them; nobody is told of their own comment.</summary>
    /// <returns>The accounts to tell.</returns>
    public static async Task<IReadOnlyList<int>> AddAsync(AppDb db, TicketComment comment, Actor author, DateTime now, CancellationToken cancellationToken)
    {
        if (!comment.Comment.Contains('@', StringComparison.Ordinal))
        {
            return [];
        }

        var known = await db.CommentMentions.Where(mention => mention.CommentId == comment.Id).Select(mention => mention.UserId).ToListAsync(cancellationToken);
        var people = await db.Users.AsNoTracking()
            .Where(user => user.Id != User.TeamId && user.DeactivatedAt == null && user.Id != author.UserId)
            .Select(user => new { user.Id, user.FullName })
            .ToListAsync(cancellationToken);
        var named = people
            .Where(person => person.FullName.Length > 1 && IndexOf(comment.Comment, person.FullName) >= 0 && !known.Contains(person.Id))
            .Select(person => person.Id)
            .ToList();
        db.AddRange(named.Select(user => new CommentMention { CommentId = comment.Id, TicketId = comment.TicketId, UserId = user, CreatedAt = now }));
        await TicketSaving.SaveAsync(db, cancellationToken);
        return named;
    }
}
