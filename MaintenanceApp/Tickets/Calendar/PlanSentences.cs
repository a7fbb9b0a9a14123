using MaintenanceApp.Components;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tickets.Change;
using MaintenanceApp.Tickets.Pages;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tickets.Calendar;

/// <summary>Plans in words: who, when, and whether it re-arms the notification.</summary>
public sealed class PlanSentences(
    SiteClock clock, InstantText instants, IOptionsMonitor<NotifierOptions> options, IStringLocalizer<CalendarTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    /// <summary>« ven. 14 nov. 9 h », without the time where the whole day counts; « sans date ».</summary>
    /// <param name="due">UTC.</param>
    public string When(DateTime? due) =>
        due is { } at ? instants.Compact(at, clock.UtcNow, withTime: !TicketDay.IsWhole(clock, at)) : shared["NoDueDate"];

    /// <summary>« Martin Tremblay », « Équipe », « Non assigné ».</summary>
    public string Who(int? person, string? name, bool hasLeft = false) => shared.Assignee(person, name, hasLeft) ?? shared["Nobody"];

    /// <summary>« Planifié : Martin Tremblay, ven. 14 nov. 9 h. Notification réarmée pour ven. 14 nov. 9 h. »</summary>
    /// <param name="before">The ticket as it was.</param>
    /// <param name="plan">What it was given.</param>
    /// <param name="name">Of the person; null for nobody and the team.</param>
    /// <param name="lastNotified">UTC; null = never.</param>
    public string Done(CalendarEntry before, PlanChange plan, string? name, DateTime? lastNotified) =>
        texts["DonePlanned", Who(plan.AssignedTo, name), When(plan.ScheduledDate), Rearmed(before, plan, lastNotified)];

    /// <summary>Whether <paramref name="plan"/> re-arms the notification, and why not.</summary>
    public string Rearmed(CalendarEntry before, PlanChange plan, DateTime? lastNotified)
    {
        var now = clock.UtcNow;
        var repeatAfter = options.CurrentValue.RepeatAfter;
        var was = NotificationForecast.Of(before.Status, before.Plan, before.SnoozedUntil, lastNotified, repeatAfter, now);
        var will = NotificationForecast.Of(before.Status, plan, before.SnoozedUntil, lastNotified, repeatAfter, now);
        return will.Kind switch
        {
            ForecastKind.Armed when will == was => texts["ForecastSame", When(will.At)],
            ForecastKind.Armed => texts["ForecastArmed", When(will.At)],
            _ => texts[$"Forecast{will.Kind}"],
        };
    }
}
