using MaintenanceApp.Tickets.Files;

namespace MaintenanceApp.Tickets;

/// <summary>One ticket in a list. Instants are UTC.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="TicketId">The number people read.</param>
/// <param name="Title">As typed.</param>
/// <param name="Description">As typed.</param>
/// <param name="Status">Column of the board.</param>
/// <param name="Priority">Urgency.</param>
/// <param name="MachineId">Null for imported tickets whose machine is gone.</param>
/// <param name="MachineType">Null as <paramref name="MachineId"/>.</param>
/// <param name="MachineModel">Null as <paramref name="MachineId"/>.</param>
/// <param name="AssignedTo">Null = nobody, 0 = the team.</param>
/// <param name="AssigneeName">As <see cref="Users.PersonName"/> says; null = nobody.</param>
/// <param name="ReportedBy">The account that opened it.</param>
/// <param name="ReporterName">Typed name, else the account's, else <c>N/A</c>.</param>
/// <param name="ScheduledDate">Null = not planned.</param>
/// <param name="SnoozedUntil">No notification before it.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="CompletedAt">Completed or archived at.</param>
/// <param name="IsOverdue">At the instant of the query, as <see cref="TicketRules"/> says.</param>
/// <param name="Version">To pass back as the expected version.</param>
public sealed record TicketRow(
    int Id,
    string TicketId,
    string Title,
    string Description,
    TicketStatus Status,
    TicketPriority Priority,
    int? MachineId,
    string? MachineType,
    string? MachineModel,
    int? AssignedTo,
    string? AssigneeName,
    int ReportedBy,
    string ReporterName,
    DateTime? ScheduledDate,
    DateTime? SnoozedUntil,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    DateTime? CompletedAt,
    bool IsOverdue,
    int Version)
{
    /// <summary>Type and model, <c>N/A</c> without a machine.</summary>
    public string Machine => MachineType is null ? "N/A" : $"{MachineType} {MachineModel}".Trim();

    /// <summary>Shows the banner PLANIFIÉ: somebody and a date. With somebody only, it is ASSIGNÉ.</summary>
    public bool IsPlanned => AssignedTo is not null && ScheduledDate is not null;

    /// <summary>Its person's account is deactivated or gone: somebody else must be found.</summary>
    public bool AssigneeHasLeft { get; init; }
}

/// <summary>One page of a list and how many rows there are in all.</summary>
public sealed record TicketResults(IReadOnlyList<TicketRow> Rows, int Total, int Page, int PageSize)
{
    public int PageCount => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

/// <summary>How many tickets each built-in view holds, and how many there are outside the trash.</summary>
public sealed record TicketCounts(
    int AllOpen, int Overdue, int DueToday, int Unassigned, int Mine, int WaitingParts, int Critical, int CompletedRecently, int Every)
{
    public int Of(TicketView view) => view switch
    {
        TicketView.AllOpen => AllOpen,
        TicketView.Overdue => Overdue,
        TicketView.DueToday => DueToday,
        TicketView.Unassigned => Unassigned,
        TicketView.Mine => Mine,
        TicketView.WaitingParts => WaitingParts,
        TicketView.Critical => Critical,
        TicketView.CompletedRecently => CompletedRecently,
    };
}

/// <summary>A ticket and its history, in the trash or not.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="OriginalReporterName">The name typed at the machine; null when the account's own name counts. For the edit form.</param>
/// <param name="DeletedAt">In the trash since; null = it is not.</param>
/// <param name="Timeline">Changes, oldest first.</param>
/// <param name="Comments">Oldest first.</param>
public sealed record TicketDetail(
    TicketRow Ticket,
    string? OriginalReporterName,
    DateTime? DeletedAt,
    IReadOnlyList<TimelineRow> Timeline,
    IReadOnlyList<TicketCommentRow> Comments)
{
    /// <summary>How many there are in all; <see cref="Comments"/> may hold only the newest.</summary>
    public int CommentCount { get; init; } = Comments.Count;

    /// <summary>How many there are in all; <see cref="Timeline"/> may hold only the newest.</summary>
    public int ChangeCount { get; init; } = Timeline.Count;

    /// <summary>Photos and documents, oldest first; those removed too, marked.</summary>
    public IReadOnlyList<TicketFileRow> Files { get; init; } = [];
}

/// <summary>One change of a ticket. Instants are UTC.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="At">UTC.</param>
/// <param name="UserId">-1 = the application.</param>
/// <param name="UserName">As <see cref="Users.PersonName"/> says.</param>
/// <param name="Action">One of <see cref="TimelineAction"/>, or an imported sentence.</param>
/// <param name="OldStatus">For moves.</param>
/// <param name="NewStatus">For moves and the opening.</param>
/// <param name="OldValue">As stored: an id, a UTC date, a word or a text.</param>
/// <param name="NewValue">As <paramref name="OldValue"/>.</param>
/// <param name="OldName">The person or machine <paramref name="OldValue"/> is the id of; null for other changes.</param>
/// <param name="NewName">As <paramref name="OldName"/>.</param>
/// <param name="Comment">Note or reason.</param>
public sealed record TimelineRow(
    int Id,
    DateTime At,
    int UserId,
    string UserName,
    string Action,
    TicketStatus? OldStatus,
    TicketStatus? NewStatus,
    string? OldValue,
    string? NewValue,
    string? OldName,
    string? NewName,
    string? Comment);

/// <summary>A comment as it was written.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="TicketId">The ticket's row id.</param>
/// <param name="UserId">Null for imported comments.</param>
/// <param name="UserName">The author's name then.</param>
/// <param name="UserRole">The author's role then.</param>
/// <param name="Comment">As typed.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="EditedAt">When its text was last replaced.</param>
public sealed record TicketCommentRow(
    int Id, int TicketId, int? UserId, string UserName, string? UserRole, string Comment, DateTime CreatedAt, DateTime? EditedAt = null)
{
    /// <summary>Full names of the accounts it mentions, as they are now; only on a ticket's own page.</summary>
    public IReadOnlyList<string> Mentioned { get; init; } = [];
}
