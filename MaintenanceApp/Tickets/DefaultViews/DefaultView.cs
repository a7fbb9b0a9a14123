using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Tickets.Pages;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets.DefaultViews;

/// <summary>The view that the list opens with: one of the built-in ones, or a saved one.</summary>
public sealed record DefaultView
{
    public const int WordMaxLength = UserPreferences.TicketViewMaxLength;

    private const string SavedPrefix = "saved:";

    private DefaultView(TicketView? builtIn, int? savedId) => (BuiltIn, SavedId) = (builtIn, savedId);

    /// <summary>Null = every ticket, or a saved view.</summary>
    public TicketView? BuiltIn { get; }

    /// <summary>Null = a built-in view. The saved view may be gone by now.</summary>
    public int? SavedId { get; }

    /// <summary>As stored: the word of the address (<c>overdue</c>, <c>all</c>), or <c>saved:12</c>.</summary>
    public string Word => SavedId is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{SavedPrefix}{id}")
        : BuiltIn is { } view ? Snake.Of(view) : TicketListUrl.EveryTicket;

    /// <param name="view">Null = every ticket.</param>
    public static DefaultView Of(TicketView? view) => new(view, null);

    public static DefaultView OfSaved(int id) => new(null, id);

    /// <summary>Null for a word that means nothing, such as one of a later version.</summary>
    public static DefaultView? Parse(string? word) => word switch
    {
        null => null,
        TicketListUrl.EveryTicket => Of(null),
        _ when word.StartsWith(SavedPrefix, StringComparison.Ordinal) =>
            int.TryParse(word[SavedPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? OfSaved(id) : null,
        _ => Snake.TryParse<TicketView>(word, out var view) ? Of(view) : null,
    };

    /// <summary>The list in this view; null when it is a saved one that is not among <paramref name="saved"/>.</summary>
    public TicketListUrl? Among(IEnumerable<SavedViewRow> saved) => SavedId is { } id
        ? saved.FirstOrDefault(view => view.Id == id) is { } row ? TicketListUrl.OfSaved(row.Id, row.Query) : null
        : TicketListUrl.OfView(BuiltIn);
}
