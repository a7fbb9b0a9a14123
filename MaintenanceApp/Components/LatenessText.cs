using MaintenanceApp.Hosting;
using MaintenanceApp.Tickets;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components;

/// <summary>How a due date is shown; each has its icon and its colour.</summary>
public enum DueKind
{
    /// <summary>The date has passed and the work is not done.</summary>
    Late,

    /// <summary>Today, or within two hours.</summary>
    Soon,

    Planned,
    NotPlanned,

    /// <summary>The ticket is completed or archived: no clock runs.</summary>
    Closed,
}

/// <summary>A due date in words.</summary>
/// <param name="Kind">Which icon and colour.</param>
/// <param name="Text">The sentence.</param>
/// <param name="SoonFrom">UTC; from here on the browser's clock says « Dû dans … ».</param>
public sealed record DueSentence(DueKind Kind, string Text, DateTime? SoonFrom = null);

/// <summary>Lateness and planning in words, as look.md §4 fixes them. The text ticks in the browser: see wwwroot/js/app.js.</summary>
public sealed class LatenessText(SiteClock clock, IStringLocalizer<SharedTexts> texts, DurationText durations, InstantText instants)
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    /// <param name="due">UTC; null = not planned.</param>
    /// <param name="status">Completed and archived tickets are never late.</param>
    /// <param name="now">UTC.</param>
    public DueSentence Due(DateTime? due, TicketStatus status, DateTime now)
    {
        if (due is not { } at)
        {
            return new(DueKind.NotPlanned, texts["NoDueDate"]);
        }

        if (TicketRules.IsFinished(status))
        {
            return new(DueKind.Closed, texts["WasPlanned", instants.Compact(at, now)]);
        }

        if (at < now)
        {
            return new(DueKind.Late, texts["LateBy", durations.Of(now - at)]);
        }

        var wholeDay = IsWholeDay(at);
        var soonFrom = SoonFrom(at, wholeDay);
        if (now >= soonFrom)
        {
            return new(DueKind.Soon, texts["DueIn", durations.Of(at - now)], soonFrom);
        }

        return clock.ToLocal(at).Date == clock.ToLocal(now).Date
            ? new(DueKind.Soon, texts["DueToday"], soonFrom)
            : new(DueKind.Planned, texts["DueOn", instants.Compact(at, now, withTime: !wholeDay)], soonFrom);
    }

    /// <summary>The second part of a banner: <c>auj. 16 h</c>, <c>dans 1 h 28</c> below two hours, <c>lun. 10 h 15</c> when late.</summary>
    public string BannerDate(DateTime due, DateTime now) => due > now && due - now < Soon
        ? texts["InDuration", durations.Of(due - now)]
        : PlannedDate(due, now);

    /// <summary><c>auj. 16 h</c>; a date without a time shows none.</summary>
    public string PlannedDate(DateTime due, DateTime now) => instants.Compact(due, now, withTime: !IsWholeDay(due));

    /// <summary>Why a late ticket does not notify (« en cours, non notifié »); null when it does, or when it is not late.</summary>
    public string? SilentBecause(DateTime? due, TicketStatus status, bool isAssigned, DateTime? snoozedUntil, DateTime now)
    {
        if (due is null || due >= now || TicketRules.IsFinished(status))
        {
            return null;
        }

        LocalizedString? reason = status switch
        {
            TicketStatus.InProgress => texts["SilentInProgress"],
            TicketStatus.WaitingParts => texts["SilentWaitingParts"],
            _ when !isAssigned => texts["SilentUnassigned"],
            _ when snoozedUntil > now => texts["SilentSnoozed", instants.Compact(snoozedUntil.Value, now)],
            _ => null,
        };
        return reason?.Value;
    }

    // A date without a time is stored as the last minute of its day.
    private bool IsWholeDay(DateTime utc) => clock.ToLocal(utc).TimeOfDay >= new TimeSpan(23, 59, 0);

    private DateTime SoonFrom(DateTime due, bool wholeDay)
    {
        var midnight = clock.ToUtc(clock.ToLocal(due).Date);
        var latest = due - Soon;
        return wholeDay || midnight > latest ? latest : midnight;
    }
}
