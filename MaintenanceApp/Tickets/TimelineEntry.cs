using MaintenanceApp.Data;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets;

/// <summary>What a timeline entry records. Stored text; imported entries keep the French sentences of the old system.</summary>
public static class TimelineAction
{
    public const string Created = "created";
    public const string StatusChanged = "status_changed";
    public const string TitleChanged = "title_changed";
    public const string DescriptionChanged = "description_changed";
    public const string MachineChanged = "machine_changed";
    public const string PriorityChanged = "priority_changed";
    public const string ReporterChanged = "reporter_changed";
    public const string Assigned = "assigned";
    public const string Scheduled = "scheduled";
    public const string Snoozed = "snoozed";
    public const string Trashed = "trashed";
    public const string Restored = "restored";
}

/// <summary>One line of a ticket's history; append-only. Instants are UTC.</summary>
public sealed class TimelineEntry
{
    private TimelineEntry()
    {
    }

    public int Id { get; private set; }

    public int TicketId { get; private set; }

    /// <summary>Who did it; -1 = the application. Not a foreign key, as <see cref="Ticket.ReportedBy"/>.</summary>
    public int UserId { get; private set; }

    /// <summary>One of <see cref="TimelineAction"/>, or an imported sentence.</summary>
    public string Action { get; private set; } = "";

    public string? OldStatus { get; private set; }

    public string? NewStatus { get; private set; }

    /// <summary>The value before, for changes of a field (see <see cref="Text"/> for the format).</summary>
    public string? OldValue { get; private set; }

    public string? NewValue { get; private set; }

    public string? Comment { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public static TimelineEntry StatusChange(Actor actor, string action, TicketStatus? from, TicketStatus to, DateTime now, string? comment = null) =>
        new()
        {
            UserId = actor.UserId,
            Action = action,
            OldStatus = from is { } status ? Snake.Of(status) : null,
            NewStatus = Snake.Of(to),
            Comment = comment,
            CreatedAt = now,
        };

    public static TimelineEntry FieldChange(Actor actor, string action, string? from, string? to, DateTime now, string? comment = null) =>
        new() { UserId = actor.UserId, Action = action, OldValue = from, NewValue = to, Comment = comment, CreatedAt = now };
}

/// <summary>A comment on a ticket. The author's name and role are kept as they were when it was written.</summary>
public sealed class TicketComment
{
    public const int MaxLength = 2000;

    private TicketComment()
    {
    }

    public TicketComment(int ticketId, Actor author, string comment, DateTime now)
    {
        TicketId = ticketId;
        UserId = author.UserId;
        UserName = author.FullName;
        UserRole = author.Role;
        Comment = comment.Trim();
        CreatedAt = now;
    }

    public int Id { get; private set; }

    public int TicketId { get; private set; }

    /// <summary>Null for imported comments, which carry only a name.</summary>
    public int? UserId { get; private set; }

    public string UserName { get; private set; } = "";

    public string? UserRole { get; private set; }

    public string Comment { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>When its text was last replaced; what it said before is in <see cref="CommentRevision"/>.</summary>
    public DateTime? EditedAt { get; private set; }

    /// <summary>Replaces the text and gives back what it said before.</summary>
    /// <param name="comment">Checked by the caller.</param>
    /// <param name="now">UTC.</param>
    public CommentRevision Edit(string comment, DateTime now)
    {
        var before = new CommentRevision { CommentId = Id, Comment = Comment, CreatedAt = now };
        (Comment, EditedAt) = (comment.Trim(), now);
        return before;
    }
}
