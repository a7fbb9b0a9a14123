using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>What a timeline entry means; entries of the old system are understood by their values.</summary>
public static class TimelineWords
{
    /// <summary>The <see cref="TimelineAction"/>; imported sentences are recognised by the statuses beside them.</summary>
    public static string Kind(TimelineRow entry) => (entry.OldStatus, entry.NewStatus) switch
    {
        (null, not null) => TimelineAction.Created,
        (not null, not null) => TimelineAction.StatusChanged,
        _ => entry.Action,
    };

    public static string Author(IStringLocalizer<TicketTexts> texts, IStringLocalizer<SharedTexts> shared, TimelineRow entry) => entry.UserId switch
    {
        User.TeamId => shared["Team"],
        _ when entry.UserId == Actor.Application.UserId => texts["TheApplication"],
        _ => entry.UserName,
    };

    public static string Icon(TimelineRow entry) => Kind(entry) switch
    {
        TimelineAction.Created => "circle",
        TimelineAction.StatusChanged => entry.NewStatus switch
        {
            TicketStatus.Diagnostic => "search",
            TicketStatus.InProgress => "player-play-fill",
            TicketStatus.WaitingParts => "player-pause-fill",
            TicketStatus.Completed => "check",
            TicketStatus.Archived => "archive",
            TicketStatus.Received or null => "circle",
        },
        TimelineAction.PriorityChanged => "arrows-sort",
        TimelineAction.Assigned => "user",
        TimelineAction.Scheduled => "calendar-event",
        TimelineAction.Snoozed => "bell-off",
        TimelineAction.Trashed => "trash",
        TimelineAction.Restored => "arrow-back-up",
        TimelineAction.MachineChanged => "engine",
        TimelineAction.TitleChanged or TimelineAction.DescriptionChanged or TimelineAction.ReporterChanged => "pencil",
        _ => "history",
    };

    /// <summary>Where on the page the changed thing stands; null for entries that change none.</summary>
    public static TicketArea? Area(TimelineRow entry) => Kind(entry) switch
    {
        TimelineAction.StatusChanged => TicketArea.Status,
        TimelineAction.PriorityChanged => TicketArea.Priority,
        TimelineAction.Assigned => TicketArea.Assignee,
        TimelineAction.Scheduled => TicketArea.Date,
        TimelineAction.Snoozed => TicketArea.Snooze,
        TimelineAction.TitleChanged => TicketArea.Title,
        TimelineAction.DescriptionChanged => TicketArea.Description,
        TimelineAction.MachineChanged => TicketArea.Machine,
        TimelineAction.ReporterChanged => TicketArea.Reporter,
        _ => null,
    };

    /// <summary>UTC; null for anything that is not a stored instant.</summary>
    public static DateTime? Instant(string? value) => DateTime.TryParseExact(
        value, Text.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
