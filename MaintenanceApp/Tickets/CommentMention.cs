using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Tickets;

/// <summary>Somebody was named in a comment (table <c>comment_mentions</c>). Instants are UTC.</summary>
public sealed class CommentMention
{
    public int Id { get; set; }

    public required int CommentId { get; init; }

    public required int TicketId { get; init; }

    /// <summary>The account that was named. Not a foreign key, as <see cref="Ticket.ReportedBy"/>.</summary>
    public required int UserId { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>When the person saw it; null = unread.</summary>
    public DateTime? ReadAt { get; set; }
}

/// <summary>What a comment said before it was edited (table <c>comment_revisions</c>); append-only. Instants are UTC.</summary>
public sealed class CommentRevision
{
    public int Id { get; set; }

    public required int CommentId { get; init; }

    public required string Comment { get; init; }

    /// <summary>When this text was replaced.</summary>
    public required DateTime CreatedAt { get; init; }
}

internal sealed class CommentMentionConfiguration : IEntityTypeConfiguration<CommentMention>
{
    public void Configure(EntityTypeBuilder<CommentMention> builder)
    {
        builder.ToTable("comment_mentions");
        builder.HasOne<TicketComment>().WithMany().HasForeignKey(mention => mention.CommentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(mention => new { mention.CommentId, mention.UserId }).IsUnique();
        builder.HasIndex(mention => new { mention.UserId, mention.ReadAt });
    }
}

internal sealed class CommentRevisionConfiguration : IEntityTypeConfiguration<CommentRevision>
{
    public void Configure(EntityTypeBuilder<CommentRevision> builder)
    {
        builder.ToTable("comment_revisions");
        builder.Property(revision => revision.Comment).HasMaxLength(TicketComment.MaxLength);
        builder.HasOne<TicketComment>().WithMany().HasForeignKey(revision => revision.CommentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(revision => revision.CommentId);
    }
}
