using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Files;

/// <summary>Puts a photo or a document on a ticket, and the small picture the browser made of it.</summary>
public sealed partial class AddTicketFile(
    IDbContextFactory<AppDb> database, IFileStore store, LiveUpdates live, TimeProvider clock, IOptions<FileStorageOptions> options, ILogger<AddTicketFile> logger)
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

        if (await db.TicketFiles.CountAsync(file => file.TicketId == ticketId && file.DeletedAt == null, cancellationToken) >= options.Value.MaxPerTicket)
        {
            throw new RuleException("ticket.too_many_files", $"Un billet a au plus {options.Value.MaxPerTicket} fichiers.");
        }

        using var bytes = await ReadAsync(content, options.Value.MaxBytes, cancellationToken);
        var (kind, size) = Recognize(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        var added = new TicketFile
        {
            TicketId = ticketId,
            FileName = SafeName(fileName, kind),
            ContentType = kind.ContentType,
            SizeBytes = bytes.Length,
            Width = size?.Width,
            Height = size?.Height,
            StorageKey = Guid.NewGuid().ToString("N"),
            UploadedBy = actor.UserId,
            UploadedByName = actor.FullName,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };

        // Bytes first: a row without bytes would be a broken picture, bytes without a row are only forgotten.
        await SaveAsync(added.StorageKey, bytes, cancellationToken);
        db.Add(added);
        await TicketSaving.SaveAsync(db, cancellationToken);
        live.Publish(new TicketChanged(ticketId));
        return await db.TicketFiles.Where(file => file.Id == added.Id).Select(TicketFileRow.Of).SingleAsync(cancellationToken);
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

        using var bytes = await ReadAsync(content, ThumbnailMaxBytes, cancellationToken);
        var (kind, size) = Recognize(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        if (kind != FileContent.Jpeg || size is not { Width: <= ThumbnailMaxPixels, Height: <= ThumbnailMaxPixels })
        {
            throw new InvalidInputException("File", $"La vignette doit être un JPEG de {ThumbnailMaxPixels} pixels au plus");
        }

        await SaveAsync(ThumbnailKey(key), bytes, cancellationToken);
        live.Publish(new TicketChanged(ticketId));
        return true;
    }

    internal static string ThumbnailKey(string storageKey) => storageKey + ThumbnailEnd;

    private async Task SaveAsync(string key, Stream bytes, CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveAsync(key, bytes, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, exception);
            throw new RuleException("files.not_kept", "Le fichier n’a pas pu être gardé : le disque du serveur est plein ou protégé. Prévenez l’administrateur.");
        }
    }

    private static async Task<MemoryStream> ReadAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var piece = new byte[64 * 1024];
        int count;
        while ((count = await content.ReadAsync(piece, cancellationToken)) > 0)
        {
            if (bytes.Length + count > maxBytes)
            {
                throw new InvalidInputException("FileSize", string.Create(CultureInfo.InvariantCulture, $"Fichier trop volumineux : {maxBytes / 1024 / 1024} Mo au plus"));
            }

            bytes.Write(piece, 0, count);
        }

        bytes.Position = 0;
        return bytes.Length > 0 ? bytes : throw new InvalidInputException("File", "Fichier vide");
    }

    private static (FileContent Kind, PictureSize? Size) Recognize(ReadOnlySpan<byte> bytes)
    {
        var kind = FileContent.Of(bytes);
        PictureSize? size = kind is { IsPicture: true } ? PictureSize.Of(kind, bytes) : null;
        return kind is null || (kind.IsPicture && size is not { IsReasonable: true })
            ? throw new InvalidInputException("File", "Type de fichier refusé : photo (JPEG, PNG, WebP, GIF, HEIC), PDF ou texte seulement")
            : (kind, size);
    }

    /// <summary>The last part of the name, without signs that mean something to a disk or a header, with the extension of what it is.</summary>
    private static string SafeName(string fileName, FileContent kind)
    {
        var last = fileName.Split('/', '\\')[^1];
        var stem = Path.GetFileNameWithoutExtension(new string([.. last.Where(letter => !char.IsControl(letter) && !"<>:\"|?*;".Contains(letter, StringComparison.Ordinal))])).Trim(' ', '.');
        var room = TicketFile.FileNameMaxLength - kind.Extension.Length;
        return (stem.Length == 0 ? "fichier" : stem[..Math.Min(stem.Length, room)]) + kind.Extension;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A file of a ticket could not be written to the file store: check Files:Directory, its rights and the disk's room")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}
