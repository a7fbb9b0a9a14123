using MaintenanceApp.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Tickets;

internal sealed class TicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        builder.ToTable("tickets", table =>
        {
            table.HasCheckConstraint("ck_tickets_status", $"status IN ({Words<TicketStatus>()})");
            table.HasCheckConstraint("ck_tickets_priority", $"priority IN ({Words<TicketPriority>()})");
        });
        builder.Property(ticket => ticket.TicketId).HasMaxLength(Ticket.TicketIdMaxLength);
        builder.Property(ticket => ticket.CreationKey).HasMaxLength(Ticket.CreationKeyMaxLength);
        builder.HasIndex(ticket => ticket.CreationKey).IsUnique();
        builder.Property(ticket => ticket.Title).HasMaxLength(Ticket.TitleMaxLength);
        builder.Property(ticket => ticket.ReporterName).HasMaxLength(Ticket.NameMaxLength);
        builder.Property(ticket => ticket.AssigneeName).HasMaxLength(Ticket.NameMaxLength);
        builder.Property(ticket => ticket.Status).HasDefaultValue(TicketStatus.Received).HasSentinel((TicketStatus)(-1));
        builder.Property(ticket => ticket.Priority).HasDefaultValue(TicketPriority.Medium).HasSentinel((TicketPriority)(-1));
        builder.Property(ticket => ticket.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.Property(ticket => ticket.UpdatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.Property(ticket => ticket.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasOne(ticket => ticket.Machine).WithMany().HasForeignKey(ticket => ticket.MachineId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(ticket => ticket.Timeline).WithOne().HasForeignKey(entry => entry.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(ticket => ticket.Timeline).UsePropertyAccessMode(PropertyAccessMode.Field);

        builder.HasIndex(ticket => ticket.TicketId).IsUnique();
        builder.HasIndex(ticket => ticket.Status, "idx_tickets_status");
        builder.HasIndex(ticket => ticket.MachineId, "idx_tickets_machine");
        builder.HasIndex(ticket => ticket.AssignedTo, "idx_tickets_assigned");
        builder.HasIndex(ticket => ticket.CreatedAt, "idx_tickets_created").IsDescending();

        builder.Property(ticket => ticket.SearchText).HasDefaultValue("");
        builder.HasIndex(ticket => new { ticket.NumberDay, ticket.NumberInDay }, "idx_tickets_number").IsUnique();
        builder.HasIndex(ticket => ticket.CompletedAt, "idx_tickets_completed");
        builder.HasIndex(ticket => ticket.UpdatedAt, "idx_tickets_updated");

        // What the counts of the views and the usual filters read: no table row is touched.
        builder.HasIndex(
            ticket => new { ticket.DeletedAt, ticket.Status, ticket.ScheduledDate, ticket.AssignedTo, ticket.Priority },
            "idx_tickets_views");

        // The scan reads only this: planned, alive, oldest first.
        builder.HasIndex(ticket => new { ticket.ScheduledDate, ticket.Id }, "idx_tickets_scheduled")
            .HasFilter("scheduled_date IS NOT NULL AND deleted_at IS NULL");
    }

    private static string Words<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(value => $"'{Snake.Of(value)}'"));
}

internal sealed class TimelineEntryConfiguration : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> builder)
    {
        builder.ToTable("ticket_timeline");
        builder.Property(entry => entry.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.HasIndex(entry => new { entry.TicketId, entry.CreatedAt }, "idx_timeline_ticket").IsDescending(false, true);
    }
}

internal sealed class TicketCommentConfiguration : IEntityTypeConfiguration<TicketComment>
{
    public void Configure(EntityTypeBuilder<TicketComment> builder)
    {
        builder.ToTable("ticket_comments");
        builder.Property(comment => comment.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        builder.HasOne<Ticket>().WithMany().HasForeignKey(comment => comment.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(comment => comment.TicketId, "idx_comments_ticket_id");
        builder.HasIndex(comment => comment.CreatedAt, "idx_comments_created_at");
    }
}
