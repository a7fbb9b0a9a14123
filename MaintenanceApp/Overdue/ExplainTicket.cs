using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>One gate of the rule for one ticket.</summary>
/// <param name="Gate">date_passed, assigned, not_started, not_trashed, not_snoozed, not_paused, endpoint_open, none_waiting or not_sent_recently.</param>
/// <param name="Passed">True when the gate does not stand in the way.</param>
/// <param name="Value">What was compared: an instant (UTC), a status, an account id; null when absent.</param>
public sealed record RuleGate(string Gate, bool Passed, string? Value);

/// <summary>Why a ticket does or does not notify at this instant. Instants are UTC.</summary>
/// <param name="TicketId">The number people read.</param>
/// <param name="Notifies">Every gate passed: the next scan sends.</param>
/// <param name="IsOverdue">As the screens count it: passed and not finished, whether or not it notifies.</param>
/// <param name="Gates">In the order of the rule.</param>
/// <param name="NextEligibleAt">The earliest instant at which nothing but time could still stand in the way; null when a person has to act first.</param>
/// <param name="CheckedAt">The instant all this is about.</param>
public sealed record TicketExplanation(
    string TicketId, bool Notifies, bool IsOverdue, IReadOnlyList<RuleGate> Gates, DateTime? NextEligibleAt, DateTime CheckedAt);

/// <summary>Answers "why was it, or why was it not, notified?" gate by gate.</summary>
public sealed class ExplainTicket(
    IDbContextFactory<AppDb> database, CurrentEndpoint endpoint, IOptionsMonitor<NotifierOptions> options, TimeProvider clock)
{
    /// <summary>By number; null for an unknown ticket.</summary>
    public async Task<TicketExplanation?> ExecuteAsync(string ticketId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var repeatAfter = options.CurrentValue.RepeatAfter;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Tickets.AsNoTracking().SingleOrDefaultAsync(row => row.TicketId == ticketId, cancellationToken) is not { } ticket)
        {
            return null;
        }

        var state = await endpoint.ReadAsync(db, cancellationToken);
        var silencing = await db.WebhookNotifications.AsNoTracking()
            .Where(OverdueRule.Silences(now, repeatAfter, state.Url))
            .Where(row => row.TicketId == ticket.Id)
            .ToListAsync(cancellationToken);
        var waiting = silencing.FirstOrDefault(row => row.Status is NotificationStatus.Pending or NotificationStatus.Sending);
        var recent = silencing.Where(row => row.Status is NotificationStatus.Delivered or NotificationStatus.Dead)
            .Select(row => row.Status == NotificationStatus.Delivered ? row.SentAt : row.CreatedAt).Max();

        RuleGate[] gates =
        [
            new("date_passed", ticket.ScheduledDate < now, Text.Of(ticket.ScheduledDate)),
            new("assigned", ticket.AssignedTo is not null, Text.Of(ticket.AssignedTo)),
            new("not_started", TicketRules.MayNotify(ticket.Status), Snake.Of(ticket.Status)),
            new("not_trashed", ticket.DeletedAt is null, Text.Of(ticket.DeletedAt)),
            new("not_snoozed", !(ticket.SnoozedUntil > now), Text.Of(ticket.SnoozedUntil)),
            new("not_paused", state.PausedAt is null, Text.Of(state.PausedAt)),
            new("endpoint_open", state.Url is not null && state.DisabledAt is null, state.Url is null ? null : WebhookUrlMask.Of(state.Url)),
            new("none_waiting", waiting is null, waiting?.Id.ToString(CultureInfo.InvariantCulture)),
            new("not_sent_recently", recent is null, Text.Of(recent)),
        ];
        return new(
            ticket.TicketId,
            gates.All(gate => gate.Passed),
            ticket.DeletedAt is null && TicketRules.IsOverdue(ticket.Status, ticket.ScheduledDate, now),
            gates,
            NextEligible(ticket, gates, recent + repeatAfter, now),
            now);
    }

    private static DateTime? NextEligible(Ticket ticket, RuleGate[] gates, DateTime? repeatAt, DateTime now)
    {
        var onlyTimeCanPass = gates.Where(gate => gate.Gate is not ("date_passed" or "not_snoozed" or "not_sent_recently")).All(gate => gate.Passed)
            && ticket.ScheduledDate is not null;
        return onlyTimeCanPass ? new[] { now, ticket.ScheduledDate ?? now, ticket.SnoozedUntil ?? now, repeatAt ?? now }.Max() : null;
    }
}
