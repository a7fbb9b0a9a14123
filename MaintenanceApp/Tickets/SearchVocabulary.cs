namespace MaintenanceApp.Tickets;

/// <summary>
/// What the words <c>priorité:…</c> and <c>statut:…</c> take in a search box, French and English, as
/// <see cref="Data.SearchText.Fold"/> writes them. One list for the list of tickets and for the search of everything.
/// </summary>
public static class SearchVocabulary
{
    private static readonly (string Word, TicketPriority Value)[] Priorities =
    [
        ("critique", TicketPriority.Critical), ("critical", TicketPriority.Critical), ("haute", TicketPriority.High), ("high", TicketPriority.High),
        ("moyenne", TicketPriority.Medium), ("medium", TicketPriority.Medium), ("faible", TicketPriority.Low), ("low", TicketPriority.Low),
    ];

    private static readonly (string Word, TicketStatus Value)[] Statuses =
    [
        ("recue", TicketStatus.Received), ("received", TicketStatus.Received), ("diagnostic", TicketStatus.Diagnostic),
        ("en-cours", TicketStatus.InProgress), ("cours", TicketStatus.InProgress), ("in-progress", TicketStatus.InProgress),
        ("in_progress", TicketStatus.InProgress), ("progress", TicketStatus.InProgress),
        ("en-attente", TicketStatus.WaitingParts), ("attente", TicketStatus.WaitingParts), ("waiting", TicketStatus.WaitingParts),
        ("waiting_parts", TicketStatus.WaitingParts), ("pieces", TicketStatus.WaitingParts),
        ("termine", TicketStatus.Completed), ("completed", TicketStatus.Completed), ("done", TicketStatus.Completed),
        ("archive", TicketStatus.Archived), ("archived", TicketStatus.Archived),
    ];

    /// <summary>The first that begins with what was typed so far; null where none does.</summary>
    public static TicketPriority? Priority(string typed) => Find(Priorities, typed);

    /// <inheritdoc cref="Priority"/>
    public static TicketStatus? Status(string typed) => Find(Statuses, typed);

    private static T? Find<T>((string Word, T Value)[] words, string typed)
        where T : struct => typed.Length == 0 ? null : words.Where(word => word.Word.StartsWith(typed, StringComparison.Ordinal)).Select(word => (T?)word.Value).FirstOrDefault();
}
