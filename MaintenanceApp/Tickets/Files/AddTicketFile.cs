using System.Buffers;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Puts a photo or a document on a ticket, and the small picture the browser made of it.</summary>
public sealed partial class AddTicketFile(
    IDbContextFactory<AppDb> database, IFileStore store, PurgeTicketFiles purge, LiveUpdates live, TimeProvider clock, IOptions<FileStorageOptions> options, ILogger<AddTicketFile> logger)
{
    /// <summary>Of the key of a small picture; the rest is the key of its file.</summary>
    internal const string ThumbnailEnd = "-small";

    private const int ThumbnailMaxBytes = 200 * 1024;
    private const int ThumbnailMaxPixels = 640;

    /// <summary>Null when there is no such ticket.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="ticketId">The ticket's row id.</param>
    /// <param name="fileName">As the device named it; only its last part is kept.</param>
    /// <param name="content">Read to its end, or until it is too large.</param>
    /// <param name="cancellationToken">Stops before anything is kept.</param>
    /// <exception cref="ForbiddenException">The role may not comment, and it is not one's own ticket.</exception>
    /// <exception cref="InvalidInputException">Empty, too large, or not a kind that is taken.</exception>
    /// <exception cref="RuleException"><c>ticket.in_trash</c>, <c>ticket.too_many_files</c>, <c>files.not_kept</c>.</exception>
    /// <exception cref="StaleRecordException">The ticket was deleted for good meanwhile.</exception>
    public async Task<TicketFileRow?> ExecuteAsync(Actor actor, int ticketId, string fileName, Stream content, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var ticket = await db.Tickets.Where(row => row.Id == ticketId).Select(row => new { row.DeletedAt, row.ReportedBy }).SingleOrDefaultAsync(cancellationToken);
        if (ticket is null)
        {
            return null;
        }

        if (ticket.ReportedBy != actor.UserId || !actor.Can(Permissions.CreateTickets))
        {
            actor.Require(Permissions.CommentTickets);
        }

        if (ticket.DeletedAt is not null)
        {
            throw new RuleException("ticket.in_trash", "Ce billet est dans la corbeille. Restaurez-le d’abord.");
        }

        // Asked again when it is kept; here it spares reading what could not be.
        await TicketFileLimit.RequireRoomAsync(db, ticketId, options.Value.MaxPerTicket, cancellationToken);

        // Bytes first: a row without bytes would be a broken picture, bytes without a row are only forgotten.
        var key = Guid.NewGuid().ToString("N");
        var length = await SaveAsync(key, content, options.Value.MostBytes, cancellationToken);
        try
        {
            var (kind, size) = Recognize(key, length, fileName);
            var added = new TicketFile
            {
                TicketId = ticketId,
                FileName = FileNames.Of(fileName, kind),
                ContentType = kind.ContentType,
                SizeBytes = length,
                Width = size?.Width,
                Height = size?.Height,
                StorageKey = key,
                UploadedBy = actor.UserId,
                UploadedByName = actor.FullName,
                CreatedAt = clock.GetUtcNow().UtcDateTime,
            };
            db.Add(added);
            await TicketFileLimit.SaveAsync(db, ticketId, options.Value.MaxPerTicket, cancellationToken);
            live.Publish(new TicketChanged(ticketId));
            return await db.TicketFiles.Where(file => file.Id == added.Id).Select(TicketFileRow.Of).SingleAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RuleException or InvalidInputException or StaleRecordException)
        {
            // Only then: after any other failure the row may be there.
            purge.DeleteBytes(key);
            throw;
        }
    }

    /// <summary>Keeps a small picture of a photo. False when there is no such photo of this account.</summary>
    /// <exception cref="InvalidInputException">Not a picture, or not a small one.</exception>
    public async Task<bool> AddThumbnailAsync(Actor actor, int ticketId, int fileId, Stream content, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var key = await db.TicketFiles
            .Where(file => file.Id == fileId && file.TicketId == ticketId && file.UploadedBy == actor.UserId && file.DeletedAt == null && file.Width != null)
            .Select(file => file.StorageKey)
            .SingleOrDefaultAsync(cancellationToken);
        if (key is null)
        {
            return false;
        }

        // Small enough for memory, and checked before it has its key: that one is known, and may hold the picture of before.
        using var bytes = await ReadSmallAsync(content, cancellationToken);
        var head = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        if (FileContent.Of(bytes, head.Span) != FileContent.Jpeg || PictureSize.Of(FileContent.Jpeg, head.Span) is not { Width: <= ThumbnailMaxPixels, Height: <= ThumbnailMaxPixels })
        {
            throw new InvalidInputException("File", $"La vignette doit être un JPEG de {ThumbnailMaxPixels} pixels au plus");
        }

        bytes.Position = 0;
        await SaveAsync(ThumbnailKey(key), bytes, ThumbnailMaxBytes, cancellationToken);
        live.Publish(new TicketChanged(ticketId));
        return true;
    }

    internal static string ThumbnailKey(string storageKey) => storageKey + ThumbnailEnd;

    private async Task<long> SaveAsync(string key, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await store.SaveAsync(key, content, maxBytes, cancellationToken);
        }
        catch (FileStoreException exception)
        {
            LogNotKept(logger, exception);
            throw new RuleException("files.not_kept", "Le fichier n’a pas pu être gardé : le disque du serveur est plein ou protégé. Prévenez l’administrateur.");
        }
    }

    private static async Task<MemoryStream> ReadSmallAsync(Stream content, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var piece = new byte[16 * 1024];
        int count;
        while ((count = await content.ReadAsync(piece, cancellationToken)) > 0)
        {
            bytes.Write(piece, 0, count);
            if (bytes.Length > ThumbnailMaxBytes)
            {
                throw new InvalidInputException("FileSize", $"La vignette doit avoir {ThumbnailMaxBytes / 1024} Ko au plus");
            }
        }

        return bytes;
    }

    private (FileContent Kind, PictureSize? Size) Recognize(string key, long length, string fileName)
    {
        if (length == 0)
        {
            throw new InvalidInputException("File", "Fichier vide");
        }

        using var file = store.Open(key) ?? throw new StaleRecordException();
        var headBytes = (int)Math.Min(length, FileContent.HeadBytes);
        var room = ArrayPool<byte>.Shared.Rent(headBytes);
        try
        {
            var head = room.AsSpan(0, headBytes);
            file.ReadExactly(head);
            if (FileContent.Of(file, head) is not { } kind)
            {
                throw Refused();
            }

            var most = kind.Use == FileUse.Media ? options.Value.MaxMediaBytes : options.Value.MaxBytes;
            if (length > most)
            {
                throw FileStorageOptions.TooLarge(most);
            }

            PictureSize? size = kind.Use == FileUse.Picture ? PictureSize.Of(kind, head) : null;
            return kind.Use == FileUse.Picture && size is not { IsReasonable: true } ? throw Refused() : (FileNames.KindByName(fileName, kind), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static InvalidInputException Refused() => new(
        "File",
        "Type de fichier refusé : photo (JPEG, PNG, WebP, GIF, HEIC), vidéo ou son (MP4, MOV, WebM, M4A, MP3), PDF, texte ou document Office sans macros seulement");

    [LoggerMessage(Level = LogLevel.Error, Message = "A file of a ticket could not be written to the file store: check Files:Directory, its rights and the disk's room")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}
