using MaintenanceApp.Machines;

namespace MaintenanceApp.Tickets.Board;

/// <summary>How the board is cut into rows; its snake_case word is the one of the address.</summary>
public enum BoardLaneKind
{
    Machine,
    Assignee,
    Priority,
}

/// <summary>How a ticket's notifications stand, as far as a card says it.</summary>
/// <param name="Delivered">How many were accepted.</param>
/// <param name="HasFailed">The latest was given up.</param>
public sealed record BoardSends(int Delivered, bool HasFailed)
{
    public static BoardSends None { get; } = new(0, false);
}

/// <summary>One card. Instants are UTC.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="TicketId">The number people read.</param>
/// <param name="Title">As typed.</param>
/// <param name="Status">Its column.</param>
/// <param name="Priority">Urgency.</param>
/// <param name="MachineId">Null for imported tickets whose machine is gone.</param>
/// <param name="MachineType">Null as <paramref name="MachineId"/>.</param>
/// <param name="MachineModel">Null as <paramref name="MachineId"/>.</param>
/// <param name="MachineStatus">Null as <paramref name="MachineId"/>.</param>
/// <param name="AssignedTo">Null = nobody, 0 = the team.</param>
/// <param name="AssigneeName">As <see cref="Users.PersonName"/> says; null = nobody.</param>
/// <param name="ScheduledDate">Null = not planned.</param>
/// <param name="SnoozedUntil">No notification before it.</param>
/// <param name="CompletedAt">Completed or archived at.</param>
/// <param name="IsOverdue">At the instant of the query, as <see cref="TicketRules"/> says.</param>
/// <param name="Version">To pass back as the expected version.</param>
public sealed record BoardTicket(
    int Id,
    string TicketId,
    string Title,
    TicketStatus Status,
    TicketPriority Priority,
    int? MachineId,
    string? MachineType,
    string? MachineModel,
    MachineStatus? MachineStatus,
    int? AssignedTo,
    string? AssigneeName,
    DateTime? ScheduledDate,
    DateTime? SnoozedUntil,
    DateTime? CompletedAt,
    bool IsOverdue,
    int Version)
{
    /// <summary>As <see cref="TicketRow.AssigneeHasLeft"/>.</summary>
    public bool AssigneeHasLeft { get; init; }

    public int Comments { get; init; }

    public int Files { get; init; }

    public BoardSends Sends { get; init; } = BoardSends.None;

    /// <summary>Its row of the board: a machine's or person's id, a priority; null = none.</summary>
    public int? LaneKey(BoardLaneKind? kind) => kind switch
    {
        BoardLaneKind.Machine => MachineId,
        BoardLaneKind.Assignee => AssignedTo,
        BoardLaneKind.Priority => (int)Priority,
        _ => null,
    };
}

/// <summary>How many tickets one cell holds, shown or not.</summary>
/// <param name="Status">The column.</param>
/// <param name="LaneKey">The row, as <see cref="BoardTicket.LaneKey"/>.</param>
/// <param name="Count">All of them.</param>
/// <param name="Overdue">Those that are late.</param>
public sealed record BoardTally(TicketStatus Status, int? LaneKey, int Count, int Overdue);

/// <summary>A column's limit beside what it counts.</summary>
/// <param name="Most">As <see cref="ColumnLimit.Most"/>.</param>
/// <param name="Total">Every ticket of the column, also those that a filter hides.</param>
public sealed record BoardLimit(int Most, int Total)
{
    public bool IsExceeded => Total > Most;
}

/// <summary>One column: its numbers and its first cards, the overdue ones on top.</summary>
/// <param name="Status">What its tickets have in common.</param>
/// <param name="Count">All its tickets that the filter lets through; « Terminé » counts the last seven days.</param>
/// <param name="Overdue">Those that are late.</param>
/// <param name="Cards">At most what was asked; empty for a folded column.</param>
public sealed record BoardColumn(TicketStatus Status, int Count, int Overdue, IReadOnlyList<BoardTicket> Cards)
{
    /// <summary>Null = it has none.</summary>
    public BoardLimit? Limit { get; init; }

    /// <summary>The same column with one card more, or fewer, among its numbers.</summary>
    internal BoardColumn With(int cards, int overdue) => this with
    {
        Count = Count + cards,
        Overdue = Overdue + overdue,
        Limit = Limit is { } limit ? limit with { Total = limit.Total + cards } : null,
    };
}

/// <summary>One row of the board.</summary>
/// <param name="Key">As <see cref="BoardTicket.LaneKey"/>.</param>
/// <param name="Name">A machine's or person's name; null where the screen has the word (nobody, the team, a priority).</param>
/// <param name="Count">Open and finished tickets in it.</param>
/// <param name="Overdue">Those that are late.</param>
public sealed record BoardLane(int? Key, string? Name, int Count, int Overdue);

/// <summary>The board at one instant.</summary>
/// <param name="Columns">One per status, in workflow order.</param>
/// <param name="Lanes">Empty without lanes; the latest and most loaded first, « none » last.</param>
/// <param name="Tallies">One per cell that holds something.</param>
public sealed record BoardView(IReadOnlyList<BoardColumn> Columns, IReadOnlyList<BoardLane> Lanes, IReadOnlyList<BoardTally> Tallies)
{
    /// <summary>Tickets in the four open columns.</summary>
    public int Open => Columns.Where(column => !TicketRules.IsFinished(column.Status)).Sum(column => column.Count);

    public int Overdue => Columns.Sum(column => column.Overdue);

    public BoardColumn this[TicketStatus status] => Columns[(int)status];

    /// <summary>Tickets in one cell, shown or not.</summary>
    public int CountOf(TicketStatus status, int? laneKey) =>
        Tallies.FirstOrDefault(tally => tally.Status == status && tally.LaneKey == laneKey)?.Count ?? 0;

    /// <summary>Null when it is not on the board.</summary>
    public BoardTicket? Find(int id) => Columns.SelectMany(column => column.Cards).FirstOrDefault(card => card.Id == id);

    /// <summary>The same board with one card in another column, on top, before the server has agreed.</summary>
    public BoardView WithMoved(BoardTicket card, TicketStatus to) => this with
    {
        Columns =
        [
            .. Columns.Select(column => column.Status == to && column.Status != card.Status
                ? column.With(1, Late(card, to)) with { Cards = [card with { Status = to }, .. column.Cards] }
                : column.Status == card.Status && column.Status != to
                    ? column.With(-1, -Late(card, card.Status)) with { Cards = [.. column.Cards.Where(other => other.Id != card.Id)] }
                    : column),
        ],
    };

    private static int Late(BoardTicket card, TicketStatus status) =>
        card.IsOverdue && !TicketRules.IsFinished(status) ? 1 : 0;
}
