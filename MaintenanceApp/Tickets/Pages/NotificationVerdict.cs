using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>The one sentence over the rule list.</summary>
public enum VerdictKind
{
    /// <summary>Every gate is open: the next scan sends.</summary>
    Notifies,

    /// <summary>One is waiting or being sent.</summary>
    OnItsWay,

    /// <summary>Sent less than a day ago; it is sent again if nothing changes.</summary>
    SentRecently,

    /// <summary>Given up less than a day ago; the endpoint did not accept it.</summary>
    GivenUp,

    /// <summary>Planned, assigned, not yet late.</summary>
    NotYet,

    /// <summary>Acknowledged until an instant.</summary>
    Snoozed,

    /// <summary>Somebody has to act before it could notify.</summary>
    Blocked,
}

/// <summary>An explanation in one sentence. Instants are UTC.</summary>
public sealed record NotificationVerdict(VerdictKind Kind, string Icon, string Class, DateTime? LastSentAt, DateTime? NextAt)
{
    /// <param name="explanation">The rule's answer.</param>
    /// <param name="sends">The ticket's notifications, newest first.</param>
    public static NotificationVerdict Of(TicketExplanation explanation, IReadOnlyList<NotificationRow> sends)
    {
        var stopped = explanation.Gates.Where(gate => !gate.Passed).Select(gate => gate.Gate).ToHashSet();
        var lastSentAt = sends.FirstOrDefault(send => send.Status == NotificationStatus.Delivered)?.SentAt;
        var isGivenUp = sends is [{ Status: NotificationStatus.Dead }, ..];
        var nextAt = explanation.NextEligibleAt > explanation.CheckedAt ? explanation.NextEligibleAt : null;
        var (kind, icon, look) = stopped switch
        {
            { Count: 0 } => (VerdictKind.Notifies, "send", "late"),
            _ when stopped.Contains("none_waiting") => (VerdictKind.OnItsWay, "loader", "wait"),
            _ when isGivenUp && stopped.Contains("not_sent_recently") => (VerdictKind.GivenUp, "alert-triangle", "late"),
            _ when nextAt is null => (VerdictKind.Blocked, "bell-off", ""),
            _ when stopped.Contains("not_sent_recently") => (VerdictKind.SentRecently, "check", "ok"),
            _ when stopped.Contains("not_snoozed") => (VerdictKind.Snoozed, "bell-off", ""),
            _ => (VerdictKind.NotYet, "clock", ""),
        };
        return new(kind, icon, look, lastSentAt, nextAt);
    }

    /// <summary>Only time has to pass; nobody has to do anything.</summary>
    public static bool IsMatterOfTime(RuleGate gate) =>
        gate.Gate is "not_snoozed" or "not_sent_recently" or "none_waiting" || (gate.Gate == "date_passed" && gate.Value is not null);
}
