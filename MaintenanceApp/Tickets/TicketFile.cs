using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Tickets;

/// <summary>
/// A photo or a document of a ticket (table <c>ticket_files</c>); its bytes are in the file store under
/// <see cref="StorageKey"/>. Instants are UTC.
/// </summary>
public sealed class TicketFile
{
    public const int FileNameMaxLength = 200;

    public int Id { get; set; }

    public required int TicketId { get; init; }

    /// <summary>As the person's device named it, without a folder.</summary>
    public required string FileName { get; init; }

    /// <summary>Found in the content, never believed from the upload.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Pixels; null for what is no picture.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels; null for what is no picture.</summary>
    public int? Height { get; init; }

    /// <summary>A random name: nothing a person typed becomes a path.</summary>
    public required string StorageKey { get; init; }

    /// <summary>An account's id. Not a foreign key, as <see cref="Ticket.ReportedBy"/>.</summary>
    public required int UploadedBy { get; init; }

    public required string UploadedByName { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Removed by a person at this instant; undo brings it back.</summary>
    public DateTime? DeletedAt { get; set; }
}

internal sealed class TicketFileConfiguration : IEntityTypeConfiguration<TicketFile>
{
    public void Configure(EntityTypeBuilder<TicketFile> builder)
    {
        builder.ToTable("ticket_files");
        builder.Property(file => file.FileName).HasMaxLength(TicketFile.FileNameMaxLength);
        builder.Property(file => file.ContentType).HasMaxLength(100);
        builder.Property(file => file.StorageKey).HasMaxLength(64);
        builder.Property(file => file.UploadedByName).HasMaxLength(Ticket.NameMaxLength);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(file => file.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(file => file.TicketId);
        builder.HasIndex(file => file.StorageKey).IsUnique();
    }
}
