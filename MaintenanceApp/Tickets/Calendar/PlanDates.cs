using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets.Pages;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>What becomes of a ticket's date when it is put on another day.</summary>
public sealed class PlanDates(SiteClock clock, TicketDates dates)
{
    /// <summary>
    /// The same local time on <paramref name="day"/>, also across a change to or from daylight saving; the end of the day
    /// for a date without a time and for a ticket that had none.
    /// </summary>
    /// <param name="due">UTC.</param>
    /// <param name="day">Local day of the site.</param>
    /// <returns>UTC.</returns>
    public DateTime Move(DateTime? due, DateOnly day)
    {
        if (due is not { } at || TicketDay.IsWhole(clock, at))
        {
            return dates.EndOf(day);
        }

        // The hour that happens twice stays the one it was.
        var local = clock.ToLocal(at);
        return DateOnly.FromDateTime(local) == day ? at : clock.ToUtc(day.ToDateTime(TimeOnly.FromDateTime(local)));
    }
}
