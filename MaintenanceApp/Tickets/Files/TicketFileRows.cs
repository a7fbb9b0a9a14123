using System.Linq.Expressions;
using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets.Files;

/// <summary>A photo or a document of a ticket. Instants are UTC.</summary>
public sealed record TicketFileRow(
    int Id, int TicketId, string FileName, string ContentType, long SizeBytes, int? Width, int? Height,
    int UploadedBy, string UploadedByName, DateTime CreatedAt, DateTime? DeletedAt)
{
    /// <summary>Shown in the page.</summary>
    public bool IsPicture => Width is not null;

    /// <summary>Played in the page, where the browser can.</summary>
    public bool IsVideo => FileContent.IsVideo(ContentType);

    /// <inheritdoc cref="IsVideo"/>
    public bool IsSound => FileContent.IsSound(ContentType);

    internal static Expression<Func<TicketFile, TicketFileRow>> Of { get; } = file => new TicketFileRow(
        file.Id, file.TicketId, file.FileName, file.ContentType, file.SizeBytes, file.Width, file.Height,
        file.UploadedBy, file.UploadedByName, file.CreatedAt, file.DeletedAt);
}

/// <summary>A file in the API. Instants are UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
public sealed record TicketFileJson(
    int Id, string FileName, string ContentType, long SizeBytes, int? Width, int? Height, int UploadedBy, string UploadedByName, string CreatedAt)
{
    public static TicketFileJson From(TicketFileRow row) => new(
        row.Id, row.FileName, row.ContentType, row.SizeBytes, row.Width, row.Height, row.UploadedBy, row.UploadedByName, Text.Of((DateTime?)row.CreatedAt)!);
}

/// <summary>The files of a ticket, oldest first.</summary>
public sealed record TicketFilesAnswer(IReadOnlyList<TicketFileJson> Files);

/// <summary>One file.</summary>
public sealed record TicketFileAnswer(TicketFileJson File);
