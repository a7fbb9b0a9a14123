using System.Text.RegularExpressions;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Components.Search;

/// <summary>
/// What is typed into the global search, French and English alike: words, and conditions such as <c>en retard</c>,
/// <c>priorité:critique</c>, <c>statut:attente</c>, <c>non assigné</c>, <c>assigné:moi</c>.
/// </summary>
/// <param name="Filter">What the words and conditions mean for tickets; <see cref="TicketFilter.Text"/> holds the rest, folded.</param>
public sealed partial record SearchPhrase(TicketFilter Filter)
{
    /// <summary>Longer texts are cut: nobody types more into a search.</summary>
    public const int MaxLength = 100;

    // An address may be longer than the number in it.
    private const int MostPasted = 500;

    private static readonly (string Words, Func<TicketFilter, TicketFilter> Apply)[] Conditions =
    [
        .. new[] { "en retard", "retard", "overdue", "late" }.Select(Means(filter => filter with { View = TicketView.Overdue })),
        .. new[] { "du aujourd'hui", "dus aujourd'hui", "due today", "aujourd'hui", "today" }.Select(Means(filter => filter with { View = TicketView.DueToday })),
        .. new[] { "non assignes", "non assigne", "unassigned" }.Select(Means(filter => filter with { Assignee = AssigneeFilter.Nobody })),
        .. new[] { "mes billets", "my tickets" }.Select(Means(filter => filter with { Assignee = AssigneeFilter.Mine })),
        .. new[] { "sans date", "no date" }.Select(Means(filter => filter with { Due = TicketDue.NoDate })),
    ];

    /// <summary>False for plain words.</summary>
    public bool HasConditions => Filter is not { View: null, Priorities: [], Statuses: [], Assignee: null, Due: null };

    /// <summary>The words besides the conditions; empty when there are none.</summary>
    public string Text => Filter.Text ?? "";

    /// <summary>The list of tickets with the same conditions.</summary>
    public string Address
    {
        get
        {
            var hasText = Text.Length > 0;
            (string Name, string? Value)[] parameters =
            [
                ("view", Filter.View is { } view ? Snake.Of(view) : hasText ? null : "all"),
                ("q", hasText ? Text : null),
                ("status", Words(Filter.Statuses)),
                ("priority", Words(Filter.Priorities)),
                ("assignee", Filter.Assignee?.Word),
                ("due", Filter.Due is { } due ? Snake.Of(due) : null),
            ];
            return "/tickets?" + string.Join('&', parameters.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        }
    }

    /// <summary>Never throws; what is not understood is a word.</summary>
    public static SearchPhrase Parse(string? typed)
    {
        var text = PastedNumber.Unwrap(typed is { Length: > MostPasted } ? typed[..MostPasted] : typed);
        var rest = string.Join(' ', SearchText.Words(text.Length > MaxLength ? text[..MaxLength] : text));
        var filter = new TicketFilter();
        rest = Pair().Replace(rest, pair =>
        {
            var changed = Keyed(filter, pair.Groups["key"].Value, pair.Groups["value"].Value, out var word);
            filter = changed ?? filter;
            return word ?? " ";
        });
        foreach (var (words, apply) in Conditions)
        {
            var without = Regex.Replace(rest, $@"(?<!\S){Regex.Escape(words)}(?!\S)", " ");
            if (without != rest)
            {
                (rest, filter) = (without, apply(filter));
            }
        }

        rest = string.Join(' ', rest.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        filter = filter with { Text = rest.Length == 0 ? null : rest };

        // A condition alone is about the work that is left.
        var isAboutOpen = filter is { View: null, Text: null, Statuses: [] };
        return new SearchPhrase(isAboutOpen && filter is not { Priorities: [], Assignee: null, Due: null } ? filter with { View = TicketView.AllOpen } : filter);
    }

    /// <summary>Null where the pair is no condition; <paramref name="word"/> is then what to search for.</summary>
    private static TicketFilter? Keyed(TicketFilter filter, string key, string value, out string? word)
    {
        word = null;
        switch (key)
        {
            case "priorite" or "priority" when SearchVocabulary.Priority(value) is { } priority:
                return filter with { Priorities = [.. filter.Priorities.Append(priority).Distinct()] };
            case "statut" or "status" when SearchVocabulary.Status(value) is { } status:
                return filter with { Statuses = [.. filter.Statuses.Append(status).Distinct()] };
            case "assigne" or "assigned" or "personne" or "person" when value is "moi" or "me":
                return filter with { Assignee = AssigneeFilter.Mine };
            default:
                word = value;
                return null;
        }
    }

    private static string? Words<T>(IReadOnlyList<T> values)
        where T : struct, Enum => values.Count == 0 ? null : string.Join(',', values.Select(Snake.Of));

    private static Func<string, (string, Func<TicketFilter, TicketFilter>)> Means(Func<TicketFilter, TicketFilter> apply) => words => (words, apply);

    [GeneratedRegex(@"(?<!\S)(?<key>priorite|priority|statut|status|assigne|assigned|personne|person|machine|billet|ticket)\s*:\s*(?<value>\S+)")]
    private static partial Regex Pair();
}
