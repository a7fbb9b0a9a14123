using System.ComponentModel;
using System.Globalization;
using MaintenanceApp.Data;
using Microsoft.AspNetCore.Mvc;

namespace MaintenanceApp.Tickets;

/// <summary>The query of <c>GET /api/tickets</c>, as text: a value that cannot be read is refused in words.</summary>
public sealed record TicketListParameters
{
    public const int TextMaxLength = 200;

    [Description("One or more of received, diagnostic, in_progress, waiting_parts, completed, archived, with commas")]
    public string? Status { get; init; }

    [Description("One or more of low, medium, high, critical, with commas")]
    public string? Priority { get; init; }

    [Description("A machine's id")]
    public string? Machine { get; init; }

    [FromQuery(Name = "assigned_to")]
    [Description("A person's id, 0 for the whole team, none or mine")]
    public string? AssignedTo { get; init; }

    [Description("true: only overdue tickets; false: only the others")]
    public string? Overdue { get; init; }

    [Description("Words in the number, title, description or names; case and accents do not matter")]
    public string? Q { get; init; }

    [Description("Columns with commas, - before one for descending. Default -created_at")]
    public string? Sort { get; init; }

    [Description("From 1")]
    public string? Page { get; init; }

    [FromQuery(Name = "page_size")]
    [Description("1 to 500, default 50")]
    public string? PageSize { get; init; }

    /// <exception cref="InvalidInputException">One of them cannot be read; the message names it.</exception>
    public TicketFilter ToFilter() => new()
    {
        Statuses = Words<TicketStatus>("status", Status),
        Priorities = Words<TicketPriority>("priority", Priority),
        MachineId = Number("machine", Machine, 1, int.MaxValue),
        Assignee = AssigneeFilter.TryParse(AssignedTo, out var assignee)
            ? assignee
            : throw Invalid("assigned_to", "un identifiant, 0, none, mine ou left est attendu"),
        IsOverdue = Flag("overdue", Overdue),
        Text = Q is not { Length: > TextMaxLength } ? Q : throw Invalid("q", $"au plus {TextMaxLength} caractères"),
        Sort = TicketSort.TryParse(Sort, out var sort)
            ? sort
            : throw Invalid("sort", $"colonnes permises : {string.Join(", ", Enum.GetValues<TicketColumn>().Select(Snake.Of))}"),
        Page = Number("page", Page, 1, int.MaxValue) ?? 1,
        PageSize = Number("page_size", PageSize, 1, TicketFilter.MaxPageSize) ?? TicketFilter.DefaultPageSize,
    };

    private static T[] Words<T>(string name, string? text)
        where T : struct, Enum
    {
        var words = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Select(word => Snake.TryParse<T>(word, out var value)
            ? value
            : throw Invalid(name, $"valeurs permises : {string.Join(", ", Enum.GetValues<T>().Select(Snake.Of))}")).Distinct()];
    }

    private static int? Number(string name, string? text, int least, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Invalid(name, most == int.MaxValue ? $"un nombre entier à partir de {least} est attendu" : $"un nombre entier de {least} à {most} est attendu");
    }

    private static bool? Flag(string name, string? text) => text?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Invalid(name, "true ou false est attendu"),
    };

    private static InvalidInputException Invalid(string name, string expected) => new(name, $"Paramètre « {name} » : {expected}");
}
