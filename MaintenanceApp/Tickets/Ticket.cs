using MaintenanceApp.Data;
using MaintenanceApp.Machines;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>
/// A work order. Every change goes through a method of this class, which writes the timeline entry that goes with it.
/// Instants are UTC.
/// </summary>
public sealed class Ticket
{
    public const int TicketIdMaxLength = 120;
    public const int TitleMinLength = 3;
    public const int TitleMaxLength = 200;
    public const int DescriptionMinLength = 5;
    public const int DescriptionMaxLength = 2000;
    public const int NameMaxLength = 100;
    public const int CreationKeyMaxLength = 64;

    private readonly List<TimelineEntry> timeline = [];

    private Ticket()
    {
    }

    /// <param name="ticketId">Unique.</param>
    /// <param name="values">Checked by the caller.</param>
    /// <param name="reporter">Who opens it.</param>
    /// <param name="now">UTC.</param>
    /// <param name="number">The tail of <paramref name="ticketId"/>; null for numbers this application did not give.</param>
    public Ticket(string ticketId, NewTicket values, Actor reporter, DateTime now, TicketNumber? number = null)
    {
        TicketId = ticketId;
        NumberDay = number?.Day;
        NumberInDay = number?.InDay;
        CreationKey = values.CreationKey;
        Title = values.Title.Trim();
        Description = values.Description.Trim();
        MachineId = values.MachineId;
        Priority = values.Priority;
        ReporterName = Blank.ToNull(values.ReporterName);
        ReportedBy = reporter.UserId;
        AssignedTo = values.AssignedTo;
        ScheduledDate = values.ScheduledDate;
        CreatedAt = now;
        UpdatedAt = now;
        RefreshSearchText();
        timeline.Add(TimelineEntry.StatusChange(reporter, TimelineAction.Created, null, TicketStatus.Received, now));
        if (values.AssignedTo is { } assignee)
        {
            timeline.Add(TimelineEntry.FieldChange(reporter, TimelineAction.Assigned, null, Text.Of(assignee), now));
        }

        if (values.ScheduledDate is { } date)
        {
            timeline.Add(TimelineEntry.FieldChange(reporter, TimelineAction.Scheduled, null, Text.Of(date), now));
        }
    }

    public int Id { get; private set; }

    /// <summary>The number people read and say; unique, never reused.</summary>
    public string TicketId { get; private set; } = "";

    /// <summary>Local day of <see cref="TicketNumber"/> as <c>yyyyMMdd</c>; null for imported numbers. Unique with <see cref="NumberInDay"/>.</summary>
    public int? NumberDay { get; private set; }

    public int? NumberInDay { get; private set; }

    /// <summary>Chosen by the form that created it: the same key twice is the same ticket. Null for the API without one and for imports.</summary>
    public string? CreationKey { get; private set; }

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>Null only for imported tickets whose machine no longer exists.</summary>
    public int? MachineId { get; private set; }

    public Machine? Machine { get; private set; }

    public TicketStatus Status { get; private set; } = TicketStatus.Received;

    public TicketPriority Priority { get; private set; } = TicketPriority.Medium;

    /// <summary>An account's id. Not a foreign key: imported tickets may name people who no longer exist.</summary>
    public int ReportedBy { get; private set; }

    /// <summary>Null = nobody, <see cref="User.TeamId"/> = the whole team. Not a foreign key, as <see cref="ReportedBy"/>.</summary>
    public int? AssignedTo { get; private set; }

    public string? ReporterName { get; private set; }

    public string? AssigneeName { get; private set; }

    /// <summary>When the work is due. Null = not planned.</summary>
    public DateTime? ScheduledDate { get; private set; }

    /// <summary>Acknowledged or snoozed until this instant: no notification before it.</summary>
    public DateTime? SnoozedUntil { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public DateTime? CompletedAt { get; private set; }

    /// <summary>In the trash since this instant; the row and its history stay.</summary>
    public DateTime? DeletedAt { get; private set; }

    /// <summary>Optimistic concurrency token: grows by one with every change.</summary>
    public int Version { get; private set; }

    /// <summary>Number, title, description and typed names, as <see cref="SearchText.Stored"/> keeps them; empty until <see cref="RefreshSearchText"/>.</summary>
    public string SearchText { get; private set; } = "";

    public IReadOnlyCollection<TimelineEntry> Timeline => timeline;

    public void Edit(string title, string description, int? machineId, TicketPriority priority, string? reporterName, Actor actor, DateTime now)
    {
        Record(TimelineAction.TitleChanged, Title, title.Trim(), actor, now);
        Record(TimelineAction.DescriptionChanged, Description, description.Trim(), actor, now);
        Record(TimelineAction.MachineChanged, Text.Of(MachineId), Text.Of(machineId), actor, now);
        Record(TimelineAction.PriorityChanged, Snake.Of(Priority), Snake.Of(priority), actor, now);
        Record(TimelineAction.ReporterChanged, ReporterName, Blank.ToNull(reporterName), actor, now);
        (Title, Description, MachineId, Priority, ReporterName) =
            (title.Trim(), description.Trim(), machineId, priority, Blank.ToNull(reporterName));
        RefreshSearchText();
    }

    /// <param name="assignee">Null = nobody, 0 = the whole team.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="now">UTC.</param>
    public void Assign(int? assignee, Actor actor, DateTime now)
    {
        Record(TimelineAction.Assigned, Text.Of(AssignedTo), Text.Of(assignee), actor, now);
        AssignedTo = assignee;
        AssigneeName = null;
        RefreshSearchText();
    }

    public void Reschedule(DateTime? scheduledDate, Actor actor, DateTime now)
    {
        Record(TimelineAction.Scheduled, Text.Of(ScheduledDate), Text.Of(scheduledDate), actor, now);
        ScheduledDate = scheduledDate;
    }

    public void MoveTo(TicketStatus status, Actor actor, DateTime now, string? note = null)
    {
        if (status == Status)
        {
            return;
        }

        timeline.Add(TimelineEntry.StatusChange(actor, TimelineAction.StatusChanged, Status, status, now, Blank.ToNull(note)));
        CompletedAt = TicketRules.IsFinished(status) ? CompletedAt ?? now : null;
        Status = status;
        Touch(now);
    }

    /// <param name="until">Null ends the snooze.</param>
    /// <param name="reason">Shown in the timeline and in the explanation.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="now">UTC.</param>
    public void Snooze(DateTime? until, string? reason, Actor actor, DateTime now)
    {
        Record(TimelineAction.Snoozed, Text.Of(SnoozedUntil), Text.Of(until), actor, now, Blank.ToNull(reason));
        SnoozedUntil = until;
    }

    public void MoveToTrash(Actor actor, DateTime now)
    {
        if (DeletedAt is not null)
        {
            return;
        }

        timeline.Add(TimelineEntry.FieldChange(actor, TimelineAction.Trashed, null, null, now));
        DeletedAt = now;
        Touch(now);
    }

    public void Restore(Actor actor, DateTime now)
    {
        if (DeletedAt is null)
        {
            return;
        }

        timeline.Add(TimelineEntry.FieldChange(actor, TimelineAction.Restored, null, null, now));
        DeletedAt = null;
        Touch(now);
    }

    /// <summary>For rows that were not written by this class.</summary>
    public void RefreshSearchText() =>
        SearchText = Data.SearchText.Stored($"{TicketId} {Title} {Description} {ReporterName} {AssigneeName}");

    private void Record(string action, string? from, string? to, Actor actor, DateTime now, string? comment = null)
    {
        if (from == to)
        {
            return;
        }

        timeline.Add(TimelineEntry.FieldChange(actor, action, from, to, now, comment));
        Touch(now);
    }

    private void Touch(DateTime now)
    {
        UpdatedAt = now;
        Version++;
    }
}

/// <summary>What a person gives to open a ticket.</summary>
/// <param name="Title">3–200 characters.</param>
/// <param name="Description">5–2000 characters.</param>
/// <param name="MachineId">An existing machine.</param>
/// <param name="Priority">Default medium.</param>
/// <param name="ReporterName">Typed by the person at the machine, when not the account's own name.</param>
/// <param name="AssignedTo">Null = nobody, 0 = the team.</param>
/// <param name="ScheduledDate">UTC.</param>
/// <param name="CreationKey">See <see cref="Ticket.CreationKey"/>.</param>
public sealed record NewTicket(
    string Title,
    string Description,
    int MachineId,
    TicketPriority Priority = TicketPriority.Medium,
    string? ReporterName = null,
    int? AssignedTo = null,
    DateTime? ScheduledDate = null,
    string? CreationKey = null);
