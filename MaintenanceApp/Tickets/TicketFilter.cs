using System.Globalization;
using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets;

/// <summary>The built-in views of the list; each is counted by <see cref="TicketQueries.CountsAsync"/> with the same condition.</summary>
public enum TicketView
{
    AllOpen,
    Overdue,
    DueToday,
    Unassigned,
    Mine,
    WaitingParts,
    Critical,

    /// <summary>Completed in the last 30 days.</summary>
    CompletedRecently,
}

/// <summary>When the work is due, as a filter says it; days are local.</summary>
public enum TicketDue
{
    /// <summary>As <see cref="TicketRules"/> says: passed and not finished.</summary>
    Overdue,

    Today,
    Tomorrow,

    /// <summary>Monday to Sunday around today, for every reader of an address.</summary>
    ThisWeek,

    /// <summary>Today and the six days after it.</summary>
    SevenDays,

    /// <summary>Not planned.</summary>
    NoDate,
}

/// <summary>When a ticket was opened, as a filter says it; days are local and end today.</summary>
public enum TicketCreated
{
    Today,

    /// <summary>Since Monday.</summary>
    ThisWeek,

    /// <summary>Today and the six days before it.</summary>
    SevenDays,
    ThirtyDays,
}

/// <summary>What became of a ticket's notifications.</summary>
public enum TicketNotified
{
    /// <summary>At least one was accepted.</summary>
    Yes,

    /// <summary>None was accepted yet.</summary>
    No,

    /// <summary>At least one was given up.</summary>
    Failed,
}

/// <summary>A column a list can be sorted by; its snake_case word is the one of the URL and the API.</summary>
public enum TicketColumn
{
    Id,
    TicketId,
    Title,
    Status,
    Priority,
    Machine,
    AssignedTo,
    ScheduledDate,
    CreatedAt,
    UpdatedAt,
    CompletedAt,
}

/// <summary>One step of a sort. Rows without a value come last either way.</summary>
public sealed record TicketSort(TicketColumn Column, bool Descending = false)
{
    public static TicketSort Newest { get; } = new(TicketColumn.CreatedAt, Descending: true);

    /// <summary>A column word, <c>-</c> before it for descending: <c>-created_at</c>.</summary>
    public override string ToString() => (Descending ? "-" : "") + Snake.Of(Column);

    /// <summary>A list such as <c>-priority,scheduled_date</c>; blank gives an empty list.</summary>
    /// <returns>False for an unknown or repeated column.</returns>
    public static bool TryParse(string? text, out IReadOnlyList<TicketSort> sort)
    {
        var steps = new List<TicketSort>();
        sort = steps;
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var descending = word[0] == '-';
            if (!Snake.TryParse<TicketColumn>(descending ? word[1..] : word, out var column) || steps.Any(step => step.Column == column))
            {
                return false;
            }

            steps.Add(new TicketSort(column, descending));
        }

        return true;
    }
}

/// <summary>Whose tickets: a person, the team (0), the signed-in person, nobody's, or of people who left.</summary>
public sealed record AssigneeFilter
{
    private AssigneeFilter(string word, int? userId)
    {
        Word = word;
        UserId = userId;
    }

    public static AssigneeFilter Nobody { get; } = new("none", null);

    public static AssigneeFilter Mine { get; } = new("mine", null);

    /// <summary>Anybody whose account is deactivated or gone.</summary>
    public static AssigneeFilter Left { get; } = new("left", null);

    /// <summary><c>none</c>, <c>mine</c>, <c>left</c> or the id: the form of the URL and the API.</summary>
    public string Word { get; }

    /// <summary>Null for <see cref="Nobody"/>, <see cref="Mine"/> and <see cref="Left"/>.</summary>
    public int? UserId { get; }

    /// <param name="userId">0 = the team.</param>
    public static AssigneeFilter Person(int userId) => new(userId.ToString(CultureInfo.InvariantCulture), userId);

    /// <summary>Blank gives null and true.</summary>
    public static bool TryParse(string? word, out AssigneeFilter? filter)
    {
        filter = word?.Trim().ToLowerInvariant() switch
        {
            null or "" => null,
            "none" => Nobody,
            "mine" => Mine,
            "left" => Left,
            var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Person(id) : null,
        };
        return filter is not null || string.IsNullOrWhiteSpace(word);
    }

    public override string ToString() => Word;
}

/// <summary>What a list of tickets shows; every condition given must hold. Tickets in the trash are never in it.</summary>
public sealed record TicketFilter
{
    public const int DefaultPageSize = 50;
    public const int MaxPageSize = 500;

    /// <summary>Null = every ticket, finished ones too.</summary>
    public TicketView? View { get; init; }

    public IReadOnlyList<TicketStatus> Statuses { get; init; } = [];

    public IReadOnlyList<TicketPriority> Priorities { get; init; } = [];

    public int? MachineId { get; init; }

    public AssigneeFilter? Assignee { get; init; }

    /// <summary>Null = both.</summary>
    public bool? IsOverdue { get; init; }

    public bool IsDueToday { get; init; }

    /// <summary>Null = any date or none.</summary>
    public TicketDue? Due { get; init; }

    /// <summary>Local days, both ends included; together with <see cref="Due"/> both must hold.</summary>
    public DayRange? DueBetween { get; init; }

    public TicketCreated? Created { get; init; }

    /// <summary>As <see cref="DueBetween"/>, of the day of opening.</summary>
    public DayRange? CreatedBetween { get; init; }

    /// <summary>Whose account opened it; nobody's is not a reporter.</summary>
    public AssigneeFilter? Reporter { get; init; }

    public TicketNotified? Notified { get; init; }

    /// <summary>Whether notifications are held back by an acknowledgement that still lasts; null = both.</summary>
    public bool? IsAcknowledged { get; init; }

    /// <summary>Words that must all occur, in any case and with or without accents; see <see cref="TicketSearch"/> for the words with a meaning.</summary>
    public string? Text { get; init; }

    /// <summary>Empty = newest first.</summary>
    public IReadOnlyList<TicketSort> Sort { get; init; } = [];

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>At most <see cref="MaxPageSize"/>.</summary>
    public int PageSize { get; init; } = DefaultPageSize;
}
