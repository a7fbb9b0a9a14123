using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Tickets;

/// <summary>Filters, sort and columns of the ticket list under a name (table <c>saved_views</c>). Instants are UTC.</summary>
public sealed class SavedView
{
    public const int NameMaxLength = 60;
    public const int QueryMaxLength = 2000;

    public int Id { get; set; }

    /// <summary>The account that may change it. Not a foreign key, as <see cref="Ticket.ReportedBy"/>.</summary>
    public required int OwnerId { get; init; }

    /// <summary>Unique among the views of its owner.</summary>
    public required string Name { get; set; }

    /// <summary>The query string of the list without its question mark; read again with the rules of a typed address.</summary>
    public required string Query { get; set; }

    /// <summary>True when everybody sees it.</summary>
    public bool IsShared { get; set; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; set; }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views");
        builder.Property(view => view.Name).HasMaxLength(SavedView.NameMaxLength);
        builder.Property(view => view.Query).HasMaxLength(SavedView.QueryMaxLength);
        builder.HasIndex(view => new { view.OwnerId, view.Name }).IsUnique();
    }
}
