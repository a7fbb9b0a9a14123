namespace MaintenanceApp.Tickets.Pages;

/// <summary>Where on the page something was asked: errors, conflicts and saved ticks are shown there.</summary>
public enum TicketArea
{
    Status,
    Priority,
    Assignee,
    Date,
    Snooze,
    Title,
    Description,
    Machine,
    Reporter,
    Comment,
    Files,
    Trash,
}

/// <summary>What was refused, in words of the screen's language.</summary>
public sealed record TicketProblem(TicketArea Area, string Sentence);

/// <summary>Somebody changed the same thing first; nothing of mine was saved.</summary>
/// <param name="Area">What both changed.</param>
/// <param name="Theirs">Their changes, oldest first.</param>
/// <param name="Mine">What I wanted, in words.</param>
/// <param name="Repeat">Saves mine over theirs.</param>
public sealed record TicketConflict(TicketArea Area, IReadOnlyList<TimelineRow> Theirs, string Mine, Func<Task<bool>> Repeat)
{
    /// <summary>Texts are merged where they are typed; the rest is a choice in a strip above.</summary>
    public bool IsText => Area is TicketArea.Title or TicketArea.Description or TicketArea.Reporter;
}

/// <summary>The last thing saved from this screen; another number is another save.</summary>
public sealed record TicketSave(TicketArea Area, int Number);
