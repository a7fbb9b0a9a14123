using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Files;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Support;

/// <summary>A ticket with one of everything that hangs on it, and how much of that is still there.</summary>
internal static class FullTicket
{
    /// <param name="database">Where.</param>
    /// <param name="given">For the ticket and its notification.</param>
    /// <param name="store">For the bytes.</param>
    /// <param name="trashedAt">UTC; null = it is not in the trash.</param>
    public static async Task<Ticket> CreateAsync(IDbContextFactory<AppDb> database, Given given, IFileStore store, DateTime? trashedAt)
    {
        var at = trashedAt ?? FakeClock.Start.AddDays(-100);
        var ticket = await given.Ticket(createdAt: at, inTrash: trashedAt is not null);
        var notification = await given.Notification(ticket, createdAt: at, sentAt: at);
        var resent = await given.Notification(ticket, createdAt: at, sentAt: at);
        await using var db = await database.CreateDbContextAsync();
        await db.WebhookNotifications.Where(row => row.Id == resent.Id).ExecuteUpdateAsync(row => row.SetProperty(x => x.ResentFrom, notification.Id));
        db.Add(new WebhookAttempt { NotificationId = notification.Id, Number = 1, StartedAt = at, Outcome = AttemptOutcome.Accepted });
        var comment = new TicketComment(ticket.Id, Given.Planner, "Courroie commandée", at);
        db.Add(comment);
        await db.SaveChangesAsync();
        db.Add(new CommentMention { CommentId = comment.Id, TicketId = ticket.Id, UserId = 1, CreatedAt = at });
        db.Add(new CommentRevision { CommentId = comment.Id, Comment = "Courroie", CreatedAt = at });
        await db.SaveChangesAsync();
        await AddFileAsync(database, store, ticket, null);
        return ticket;
    }

    /// <summary>A photo with its small picture.</summary>
    /// <returns>Its key in the store.</returns>
    public static async Task<string> AddFileAsync(IDbContextFactory<AppDb> database, IFileStore store, Ticket ticket, DateTime? removedAt)
    {
        var key = Guid.NewGuid().ToString("N");
        await store.SaveAsync(key, new MemoryStream("photo"u8.ToArray()), long.MaxValue, CancellationToken.None);
        await store.SaveAsync(AddTicketFile.ThumbnailKey(key), new MemoryStream("petite"u8.ToArray()), long.MaxValue, CancellationToken.None);
        await using var db = await database.CreateDbContextAsync();
        db.Add(new TicketFile
        {
            TicketId = ticket.Id,
            FileName = "photo.jpg",
            ContentType = "image/jpeg",
            SizeBytes = 5,
            Width = 1,
            Height = 1,
            StorageKey = key,
            UploadedBy = 1,
            UploadedByName = "Anne Roy",
            CreatedAt = FakeClock.Start.AddDays(-100),
            DeletedAt = removedAt,
        });
        await db.SaveChangesAsync();
        return key;
    }

    /// <summary>Rows of every table that a ticket has rows in.</summary>
    public static async Task<int[]> RowsAsync(AppDb db) =>
    [
        await db.Tickets.CountAsync(), await db.TicketTimeline.Select(entry => entry.TicketId).Distinct().CountAsync(), await db.TicketComments.CountAsync(),
        await db.CommentMentions.CountAsync(), await db.CommentRevisions.CountAsync(), await db.TicketFiles.CountAsync(),
        await db.WebhookNotifications.CountAsync(), await db.WebhookAttempts.CountAsync(),
    ];

    /// <summary>How many bytes objects the store holds.</summary>
    public static int StoredIn(IFileStore store) => store.KeysWrittenBefore(DateTime.MaxValue).Count();
}
