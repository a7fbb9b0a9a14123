using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Where the bytes of a file are, and how they are served.</summary>
public sealed record StoredFile(string StorageKey, string FileName, string ContentType, bool IsPicture, DateTime CreatedAt)
{
    /// <summary>Whether a page shows or plays it; all else is only downloaded.</summary>
    public bool IsInline => IsPicture || FileContent.IsVideo(ContentType) || FileContent.IsSound(ContentType);
}

/// <summary>What screens and routes read about files.</summary>
public sealed class TicketFileQueries(IDbContextFactory<AppDb> database)
{
    /// <summary>Oldest first; those removed too, marked.</summary>
    public async Task<IReadOnlyList<TicketFileRow>> OfTicketAsync(int ticketId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.TicketFiles.AsNoTracking()
            .Where(file => file.TicketId == ticketId)
            .OrderBy(file => file.Id)
            .Select(TicketFileRow.Of)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null for an unknown or removed file, or one of another ticket or of one in the trash.</summary>
    public async Task<StoredFile?> FindAsync(int ticketId, int fileId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.TicketFiles.AsNoTracking()
            .Where(file => file.Id == fileId && file.TicketId == ticketId && file.DeletedAt == null)
            .Where(file => db.Tickets.Any(ticket => ticket.Id == ticketId && ticket.DeletedAt == null))
            .Select(file => new StoredFile(file.StorageKey, file.FileName, file.ContentType, file.Width != null, file.CreatedAt))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
