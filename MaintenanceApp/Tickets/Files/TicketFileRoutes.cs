using System.Globalization;
using System.Security.Claims;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace MaintenanceApp.Tickets.Files;

/// <summary>
/// Photos and documents of tickets. A file is the body itself, as <c>application/octet-stream</c>: no form of another
/// site can send that with somebody's cookie.
/// </summary>
public static class TicketFileRoutes
{
    private const string Bytes = "application/octet-stream";
    private const string Unknown = "Fichier introuvable";

    private static readonly TicketFileJson Example = new(
        12, "thermocouple.jpg", "image/jpeg", 184_220, 1600, 1200, 4, "Opérateur Jean Dubois", "2025-11-09 16:24:00");

    public static void MapTicketFileRoutes(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/api/tickets/{id}/files").WithTags("files");
        files.MapGet("", ListAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("The photos and documents of a ticket, oldest first")
            .Answers<TicketFilesAnswer>(StatusCodes.Status200OK, 404)
            .WithExamples(answer: new TicketFilesAnswer([Example]));
        files.MapPost("", AddAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("Adds a file: the body as application/octet-stream, its name as ?name=; what it is is read from its content")
            .RequireRateLimiting(UploadLimit.Policy)
            .Accepts<Stream>(Bytes)
            .Answers<TicketFileAnswer>(StatusCodes.Status201Created, 400, 403, 404, 409, 413, 415, 429)
            .WithExamples(answer: new TicketFileAnswer(Example));
        files.MapGet("/{fileId}", DownloadAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("The file itself; pictures, videos and sounds are shown in the page (with ranges, RFC 9110 §14), all else is downloaded")
            .Answers<Stream>(StatusCodes.Status200OK, 404);
        files.MapGet("/{fileId}/thumbnail", ThumbnailAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("A small picture of a photo, or the photo where there is none")
            .Answers<Stream>(StatusCodes.Status200OK, 404);
        files.MapPut("/{fileId}/thumbnail", AddThumbnailAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("Keeps a small JPEG of a photo one has just added")
            .Accepts<Stream>(Bytes)
            .Answers<MessageAnswer>(StatusCodes.Status200OK, 400, 404, 413, 415)
            .WithExamples(answer: new MessageAnswer("Vignette gardée"));
        files.MapDelete("/{fileId}", RemoveAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("Takes a file off the ticket; it can be put back")
            .Answers<MessageAnswer>(StatusCodes.Status200OK, 403, 404)
            .WithExamples(answer: new MessageAnswer("Fichier retiré"));
        files.MapPost("/{fileId}/restore", RestoreAsync)
            .RequireAuthorization(Permissions.ReadTickets)
            .WithSummary("Puts a removed file back")
            .Answers<MessageAnswer>(StatusCodes.Status200OK, 403, 404, 409)
            .WithExamples(answer: new MessageAnswer("Fichier remis"));
    }

    private static async Task<IResult> ListAsync(string id, TicketQueries tickets, TicketFileQueries files, CancellationToken cancellationToken) =>
        await tickets.FindIdAsync(id, cancellationToken) is { } ticket
            ? Results.Ok(new TicketFilesAnswer([.. (await files.OfTicketAsync(ticket, cancellationToken)).Where(file => file.DeletedAt is null).Select(TicketFileJson.From)]))
            : ApiErrors.NotFound(TicketRoutes.Unknown);

    private static async Task<IResult> AddAsync(
        string id, string? name, HttpRequest request, ClaimsPrincipal user, AddTicketFile add, TicketQueries tickets, IOptions<FileStorageOptions> options, CancellationToken cancellationToken)
    {
        if (Refuse(request, options.Value.MostBytes) is { } refusal)
        {
            return refusal;
        }

        return await tickets.FindIdAsync(id, cancellationToken) is { } ticket
            && await add.ExecuteAsync(Actor.From(user), ticket, name ?? "", request.Body, cancellationToken) is { } added
            ? Results.Created(string.Create(CultureInfo.InvariantCulture, $"/api/tickets/{ticket}/files/{added.Id}"), new TicketFileAnswer(TicketFileJson.From(added)))
            : ApiErrors.NotFound(TicketRoutes.Unknown);
    }

    private static async Task<IResult> AddThumbnailAsync(
        string id, string fileId, HttpRequest request, ClaimsPrincipal user, AddTicketFile add, TicketQueries tickets, IOptions<FileStorageOptions> options, CancellationToken cancellationToken)
    {
        if (Refuse(request, options.Value.MaxBytes) is { } refusal)
        {
            return refusal;
        }

        return await tickets.FindIdAsync(id, cancellationToken) is { } ticket && RouteId.TryParse(fileId, out var file)
            && await add.AddThumbnailAsync(Actor.From(user), ticket, file.Value, request.Body, cancellationToken)
            ? Results.Ok(new MessageAnswer("Vignette gardée"))
            : ApiErrors.NotFound(Unknown);
    }

    private static Task<IResult> DownloadAsync(string id, string fileId, HttpContext context, TicketQueries tickets, TicketFileQueries files, IFileStore store) =>
        SendAsync(id, fileId, isSmall: false, context, tickets, files, store);

    private static Task<IResult> ThumbnailAsync(string id, string fileId, HttpContext context, TicketQueries tickets, TicketFileQueries files, IFileStore store) =>
        SendAsync(id, fileId, isSmall: true, context, tickets, files, store);

    private static async Task<IResult> SendAsync(
        string id, string fileId, bool isSmall, HttpContext context, TicketQueries tickets, TicketFileQueries files, IFileStore store)
    {
        if (await tickets.FindIdAsync(id, context.RequestAborted) is not { } ticket || !RouteId.TryParse(fileId, out var known)
            || await files.FindAsync(ticket, known.Value, context.RequestAborted) is not { } file || (isSmall && !file.IsPicture))
        {
            return ApiErrors.NotFound(Unknown);
        }

        var small = isSmall ? store.Open(AddTicketFile.ThumbnailKey(file.StorageKey)) : null;
        if ((small ?? store.Open(file.StorageKey)) is not { } bytes)
        {
            return ApiErrors.NotFound(Unknown);
        }

        // Whatever the bytes might also be, a browser takes them for nothing but this, and runs nothing of it.
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        headers.CacheControl = "private, max-age=3600";
        var disposition = new ContentDispositionHeaderValue(file.IsInline ? "inline" : "attachment");
        disposition.SetHttpFileName(file.FileName);
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(
            bytes, small is null ? file.ContentType : FileContent.Jpeg.ContentType, lastModified: file.CreatedAt, enableRangeProcessing: true);
    }

    private static async Task<IResult> RemoveAsync(
        string id, string fileId, ClaimsPrincipal user, RemoveTicketFile remove, TicketQueries tickets, CancellationToken cancellationToken) =>
        await tickets.FindIdAsync(id, cancellationToken) is { } ticket && RouteId.TryParse(fileId, out var file)
            && await remove.ExecuteAsync(Actor.From(user), ticket, file.Value, cancellationToken)
            ? Results.Ok(new MessageAnswer("Fichier retiré"))
            : ApiErrors.NotFound(Unknown);

    private static async Task<IResult> RestoreAsync(
        string id, string fileId, ClaimsPrincipal user, RemoveTicketFile remove, TicketQueries tickets, CancellationToken cancellationToken) =>
        await tickets.FindIdAsync(id, cancellationToken) is { } ticket && RouteId.TryParse(fileId, out var file)
            && await remove.RestoreAsync(Actor.From(user), ticket, file.Value, cancellationToken)
            ? Results.Ok(new MessageAnswer("Fichier remis"))
            : ApiErrors.NotFound(Unknown);

    private static IResult? Refuse(HttpRequest request, long maxBytes)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, Bytes, StringComparison.OrdinalIgnoreCase))
        {
            return ApiErrors.Answer(StatusCodes.Status415UnsupportedMediaType, $"Le corps doit être le fichier lui-même (Content-Type: {Bytes})", "request.media_type");
        }

        // The server's own limit is for JSON; this one is counted while the bytes come.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes + 1;
        }

        return request.ContentLength > maxBytes
            ? ApiErrors.Answer(StatusCodes.Status413PayloadTooLarge, FileStorageOptions.TooLarge(maxBytes).Message, "request.too_large")
            : null;
    }
}
