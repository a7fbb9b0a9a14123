using MaintenanceApp.Tickets.Change;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>What a plan means for the notification of lateness.</summary>
public enum ForecastKind
{
    /// <summary>Sent at the instant if the work has not begun by then.</summary>
    Armed,

    /// <summary>The date has passed and nothing keeps it silent: the next scan sends.</summary>
    NextScan,
    NoDate,
    Nobody,

    /// <summary>In progress or waiting for parts.</summary>
    Started,

    /// <summary>Completed or archived.</summary>
    Closed,
}

/// <summary>When a ticket will notify, as far as its own values say; pauses of the whole notifier are left aside.</summary>
/// <param name="Kind">Whether it will.</param>
/// <param name="At">UTC; only for <see cref="ForecastKind.Armed"/>.</param>
public sealed record NotificationForecast(ForecastKind Kind, DateTime? At = null)
{
    /// <param name="status">A started or finished ticket does not notify.</param>
    /// <param name="plan">The date and the person.</param>
    /// <param name="snoozedUntil">UTC.</param>
    /// <param name="lastNotified">UTC; null = never.</param>
    /// <param name="repeatAfter">The pause between two notifications of a ticket.</param>
    /// <param name="now">UTC.</param>
    public static NotificationForecast Of(
        TicketStatus status, PlanChange plan, DateTime? snoozedUntil, DateTime? lastNotified, TimeSpan repeatAfter, DateTime now)
    {
        if (TicketRules.IsFinished(status))
        {
            return new(ForecastKind.Closed);
        }

        if (plan.ScheduledDate is not { } due)
        {
            return new(ForecastKind.NoDate);
        }

        if (plan.AssignedTo is null)
        {
            return new(ForecastKind.Nobody);
        }

        if (TicketRules.IsStarted(status))
        {
            return new(ForecastKind.Started);
        }

        DateTime[] gates = [due, snoozedUntil ?? due, lastNotified is { } last ? last + repeatAfter : due];
        return gates.Max() is var at && at > now ? new(ForecastKind.Armed, at) : new(ForecastKind.NextScan);
    }
}
