using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaintenanceApp.Notifications;

internal sealed class WebhookNotificationConfiguration : IEntityTypeConfiguration<WebhookNotification>
{
    public void Configure(EntityTypeBuilder<WebhookNotification> builder)
    {
        builder.ToTable("webhook_notifications");
        builder.Property(notification => notification.NotificationType).HasMaxLength(50);
        builder.Property(notification => notification.ResponseBody).HasMaxLength(WebhookNotification.ResponseBodyMaxLength);
        builder.Property(notification => notification.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");

        // Defaults are for rows written with the old system's INSERT: they are history, not work for the dispatcher.
        builder.Property(notification => notification.Status).HasDefaultValue(NotificationStatus.Delivered).HasSentinel((NotificationStatus)(-1));
        builder.Property(notification => notification.Trigger).HasDefaultValue(NotificationTrigger.Scan).HasSentinel((NotificationTrigger)(-1));
        builder.Property(notification => notification.AttemptCount).HasDefaultValue(0);
        builder.Property(notification => notification.Urgency).HasDefaultValue(2).HasSentinel(-1);
        builder.Property(notification => notification.PossibleDuplicate).HasDefaultValue(false);
        builder.Property(notification => notification.WebhookId).HasMaxLength(50);
        builder.Property(notification => notification.RunId).HasMaxLength(50);
        builder.Property(notification => notification.TraceParent).HasMaxLength(55);
        builder.Property(notification => notification.Cause).HasMaxLength(50);
        builder.Property(notification => notification.ClaimedBy).HasMaxLength(100);
        builder.Property(notification => notification.AsideCount).HasDefaultValue(0);
        builder.Property(notification => notification.AsideError).HasMaxLength(WebhookNotification.AsideErrorMaxLength);

        builder.HasOne<Ticket>().WithMany().HasForeignKey(notification => notification.TicketId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<WebhookNotification>().WithMany().HasForeignKey(notification => notification.ResentFrom).OnDelete(DeleteBehavior.SetNull);

        builder.HasIndex(notification => notification.TicketId, "idx_webhook_notifications_ticket_id");
        builder.HasIndex(notification => notification.NotificationType, "idx_webhook_notifications_type");
        builder.HasIndex(notification => notification.SentAt, "idx_webhook_notifications_sent_at");
        builder.HasIndex(notification => new { notification.TicketId, notification.NotificationType, notification.SentAt }, "idx_webhook_ticket_type_sent");
        builder.HasIndex(notification => notification.WebhookId).IsUnique();
        builder.HasIndex(notification => notification.RunId);
        builder.HasIndex(notification => notification.ResentFrom);
        builder.HasIndex(notification => notification.CreatedAt);

        // The rule "one per ticket" is held here, not in code: see WebhookNotification.Seq.
        builder.HasIndex(notification => new { notification.TicketId, notification.NotificationType, notification.Seq }, "ux_webhook_notifications_seq").IsUnique();

        // The dispatcher's work list: stays small whatever the history.
        builder.HasIndex(notification => new { notification.Urgency, notification.CreatedAt, notification.Id }, "ix_webhook_notifications_due")
            .HasFilter("status IN ('pending', 'sending')");
    }
}

internal sealed class WebhookAttemptConfiguration : IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
    {
        builder.ToTable("webhook_attempts");
        builder.Property(attempt => attempt.Endpoint).HasMaxLength(300);
        builder.Property(attempt => attempt.RemoteAddress).HasMaxLength(60);
        builder.Property(attempt => attempt.IsProbe).HasDefaultValue(false);
        builder.HasOne<WebhookNotification>().WithMany().HasForeignKey(attempt => attempt.NotificationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(attempt => new { attempt.NotificationId, attempt.Number }).IsUnique();
        builder.HasIndex(attempt => attempt.StartedAt);
        builder.HasIndex(attempt => new { attempt.EndpointId, attempt.StartedAt });
    }
}

internal sealed class WebhookEndpointConfiguration : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("webhook_endpoints");
        builder.Property(endpoint => endpoint.DispatcherId).HasMaxLength(100);
        builder.Property(endpoint => endpoint.FailuresInARow).HasDefaultValue(0);
        builder.Property(endpoint => endpoint.ProbeDelaySeconds).HasDefaultValue(0);
        builder.HasIndex(endpoint => endpoint.Url).IsUnique();
    }
}

internal sealed class NotifierStateConfiguration : IEntityTypeConfiguration<NotifierState>
{
    public void Configure(EntityTypeBuilder<NotifierState> builder)
    {
        builder.ToTable("notifier_state");
        builder.Property(state => state.Id).ValueGeneratedNever();
        builder.Property(state => state.PausedByName).HasMaxLength(200);
        builder.Property(state => state.PausedReason).HasMaxLength(200);
        builder.HasData(new NotifierState());
    }
}

internal sealed class StoredSecretConfiguration : IEntityTypeConfiguration<StoredSecret>
{
    public void Configure(EntityTypeBuilder<StoredSecret> builder)
    {
        builder.ToTable("stored_secrets");
        builder.Property(secret => secret.Hint).HasMaxLength(8);
        builder.HasIndex(secret => new { secret.Purpose, secret.ExpiresAt });
    }
}

internal sealed class AdminNoticeConfiguration : IEntityTypeConfiguration<AdminNotice>
{
    public void Configure(EntityTypeBuilder<AdminNotice> builder)
    {
        builder.ToTable("admin_notices");
        builder.Property(notice => notice.Detail).HasMaxLength(300);
        builder.HasIndex(notice => notice.LastAt);
        builder.HasIndex(notice => notice.NumberDay);
    }
}
