using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets;

/// <summary>A ticket in the API. Instants are UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="TicketId">The number people read.</param>
/// <param name="Title">3 to 200 characters.</param>
/// <param name="Description">5 to 2000 characters.</param>
/// <param name="Status">Column of the board.</param>
/// <param name="Priority">Urgency.</param>
/// <param name="MachineId">Null when an imported ticket's machine is gone.</param>
/// <param name="Machine">Type and model, or N/A.</param>
/// <param name="MachineType">Null as machine_id.</param>
/// <param name="Model">Null as machine_id.</param>
/// <param name="AssignedTo">Null = nobody, 0 = the whole team.</param>
/// <param name="AssigneeName">The person's name, Équipe complète, or Technicien #999.</param>
/// <param name="ReportedBy">The account that opened it.</param>
/// <param name="ReporterName">The typed name, else the account's.</param>
/// <param name="ScheduledDate">When the work is due; null = not planned.</param>
/// <param name="SnoozedUntil">Acknowledged until then.</param>
/// <param name="IsOverdue">Planned before now and not finished.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="CompletedAt">UTC.</param>
/// <param name="Version">Send it back with PATCH to be told (409) when somebody saved first.</param>
public sealed record TicketJson(
    int Id,
    string TicketId,
    string Title,
    string Description,
    TicketStatus Status,
    TicketPriority Priority,
    int? MachineId,
    string Machine,
    string? MachineType,
    string? Model,
    int? AssignedTo,
    string? AssigneeName,
    int ReportedBy,
    string ReporterName,
    string? ScheduledDate,
    string? SnoozedUntil,
    bool IsOverdue,
    string CreatedAt,
    string UpdatedAt,
    string? CompletedAt,
    int Version)
{
    public static TicketJson From(TicketRow row) => new(
        row.Id,
        row.TicketId,
        row.Title,
        row.Description,
        row.Status,
        row.Priority,
        row.MachineId,
        row.Machine,
        row.MachineType,
        row.MachineModel,
        row.AssignedTo,
        row.AssigneeName,
        row.ReportedBy,
        row.ReporterName,
        Text.Of(row.ScheduledDate),
        Text.Of(row.SnoozedUntil),
        row.IsOverdue,
        Text.Of((DateTime?)row.CreatedAt)!,
        Text.Of((DateTime?)row.UpdatedAt)!,
        Text.Of(row.CompletedAt),
        row.Version);
}

/// <summary>One line of a ticket's history. Instants are UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
public sealed record TimelineJson(
    int Id,
    string Action,
    int UserId,
    string UserName,
    TicketStatus? OldStatus,
    TicketStatus? NewStatus,
    string? OldValue,
    string? NewValue,
    string? Comment,
    string CreatedAt)
{
    public static TimelineJson From(TimelineRow row) => new(
        row.Id,
        row.Action,
        row.UserId,
        row.UserName,
        row.OldStatus,
        row.NewStatus,
        row.OldValue,
        row.NewValue,
        row.Comment,
        Text.Of((DateTime?)row.At)!);
}

/// <summary>A comment; <c>edited_at</c> is null while it says what was written first. Instants are UTC, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
public sealed record CommentJson(int Id, int TicketId, int? UserId, string UserName, string? UserRole, string Comment, string CreatedAt, string? EditedAt = null)
{
    public static CommentJson From(TicketCommentRow row) => new(
        row.Id, row.TicketId, row.UserId, row.UserName, row.UserRole, row.Comment, Text.Of((DateTime?)row.CreatedAt)!, Text.Of(row.EditedAt));
}

/// <summary>One page of tickets.</summary>
public sealed record TicketsAnswer(IReadOnlyList<TicketJson> Tickets, int Total, int Page, int PageSize);

/// <summary>One ticket.</summary>
public sealed record TicketAnswer(TicketJson Ticket);

/// <summary>One ticket with its history, oldest first.</summary>
public sealed record TicketDetailAnswer(TicketJson Ticket, IReadOnlyList<TimelineJson> Timeline, IReadOnlyList<CommentJson> Comments);

/// <summary>The comments of a ticket, oldest first.</summary>
public sealed record CommentsAnswer(IReadOnlyList<CommentJson> Comments);

/// <summary>One comment.</summary>
public sealed record CommentAnswer(CommentJson Comment);
