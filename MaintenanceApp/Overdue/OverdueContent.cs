using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Checks the rule once more on the live ticket before each attempt and writes the payload of that moment. An admin's
/// resend is sent whatever the ticket has become: that is what the button is for.
/// </summary>
internal sealed class OverdueContent(IDbContextFactory<AppDb> database) : INotificationContent
{
    public async Task<NotificationContent> PrepareAsync(WebhookNotification notification, DateTime now, CancellationToken cancellationToken)
    {
        if (notification.NotificationType == WebhookNotification.Test)
        {
            return new NotificationContent.Body(OverduePayload.Sample(now).ToJson());
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var ticket = await OverdueTicket.From(db, db.Tickets.Where(ticket => ticket.Id == notification.TicketId)).SingleOrDefaultAsync(cancellationToken);
        if (ticket is null)
        {
            // Deleted by hand with foreign keys off: it must not stand in the way of the others.
            return new NotificationContent.Cancel(NotificationCause.Trashed);
        }

        if (await db.WebhookNotifications.AnyAsync(
            row => row.ResentFrom == notification.Id && (row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending || row.Status == NotificationStatus.Delivered),
            cancellationToken))
        {
            // Resent while this one was under way: the resend goes out instead.
            return new NotificationContent.Cancel(NotificationCause.Resent);
        }

        return notification.Trigger is NotificationTrigger.Scan or NotificationTrigger.BulkResend && WhyNot(ticket, now) is { } cause
            ? new NotificationContent.Cancel(cause)
            : new NotificationContent.Body(OverduePayload.Of(ticket, now).ToJson());
    }

    public async Task<IReadOnlyDictionary<int, string>> RefusalsAsync(IReadOnlyCollection<int> ticketIds, DateTime now, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var tickets = await OverdueTicket.From(db, db.Tickets.Where(ticket => ticketIds.Contains(ticket.Id))).ToDictionaryAsync(ticket => ticket.Id, cancellationToken);
        return ticketIds.Distinct()
            .Select(id => (Id: id, Cause: tickets.TryGetValue(id, out var ticket) ? WhyNot(ticket, now) : NotificationCause.Trashed))
            .Where(found => found.Cause is not null)
            .ToDictionary(found => found.Id, found => found.Cause!);
    }

    private static string? WhyNot(OverdueTicket ticket, DateTime now) => ticket switch
    {
        { DeletedAt: not null } => NotificationCause.Trashed,
        _ when !TicketRules.MayNotify(ticket.Status) => NotificationCause.AlreadyStarted,
        { ScheduledDate: null } => NotificationCause.NotPlanned,
        { AssignedTo: null } => NotificationCause.NotAssigned,
        _ when !(ticket.ScheduledDate < now) => NotificationCause.NoLongerOverdue,
        _ when ticket.SnoozedUntil > now => NotificationCause.Snoozed,
        _ => null,
    };
}
