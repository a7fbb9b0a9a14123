using MaintenanceApp.Data;

namespace MaintenanceApp.Tickets.Pages;

/// <summary>A column of the list that can be left out; the title cannot.</summary>
public enum TicketListColumn
{
    Priority,
    Status,
    Assignee,
    Due,
    Age,
    Sends,
    Reporter,
    Created,
    Updated,
}

/// <summary>The columns of the list as words: <c>priority,status,due</c>.</summary>
public static class TicketColumns
{
    /// <summary>Those of somebody who has chosen nothing.</summary>
    public static IReadOnlyList<TicketListColumn> Usual { get; } =
    [
        TicketListColumn.Priority, TicketListColumn.Status, TicketListColumn.Assignee, TicketListColumn.Due, TicketListColumn.Age, TicketListColumn.Sends,
    ];

    /// <summary>What the column is sorted by; null = it is not.</summary>
    public static TicketColumn? SortOf(TicketListColumn column) => column switch
    {
        TicketListColumn.Priority => TicketColumn.Priority,
        TicketListColumn.Status => TicketColumn.Status,
        TicketListColumn.Due => TicketColumn.ScheduledDate,
        TicketListColumn.Age or TicketListColumn.Created => TicketColumn.CreatedAt,
        TicketListColumn.Updated => TicketColumn.UpdatedAt,
        TicketListColumn.Assignee => TicketColumn.AssignedTo,
        TicketListColumn.Sends or TicketListColumn.Reporter => null,
    };

    public static string? Word(IReadOnlyList<TicketListColumn>? columns) => columns is null ? null : string.Join(',', columns.Select(Snake.Of));

    /// <summary>Blank gives null and true. Columns always stand in their own order.</summary>
    public static bool TryParse(string? words, out IReadOnlyList<TicketListColumn>? columns)
    {
        columns = null;
        if (string.IsNullOrWhiteSpace(words))
        {
            return true;
        }

        var chosen = new SortedSet<TicketListColumn>();
        foreach (var word in words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Snake.TryParse<TicketListColumn>(word, out var column))
            {
                return false;
            }

            chosen.Add(column);
        }

        columns = [.. chosen];
        return chosen.Count > 0;
    }
}
