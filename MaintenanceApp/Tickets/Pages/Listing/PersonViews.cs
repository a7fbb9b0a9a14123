using MaintenanceApp.Tickets.DefaultViews;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>What one person sees over the list and over the board: the saved views, their numbers, and which view the list opens with. One per page.</summary>
public sealed class PersonViews(SavedViewQueries savedViews, DefaultViewQueries defaultViews, TicketQueries tickets)
{
    /// <summary>Beyond these the tabs are out of sight, and each number is a search.</summary>
    private const int MostCounted = 12;

    /// <summary>One's own, then those others share.</summary>
    public IReadOnlyList<SavedViewRow> Saved { get; private set; } = [];

    /// <summary>By saved view; those not counted yet are absent.</summary>
    public IReadOnlyDictionary<int, int> Counts { get; private set; } = new Dictionary<int, int>();

    public ListDefaults Defaults { get; private set; } = ListDefaults.None;

    /// <summary>What the list opens with; null = as usual.</summary>
    public DefaultView? Default => Defaults.Among(Saved);

    /// <summary>Where an address without anything leads; null = it stays as it is.</summary>
    public string? OpeningAddress => Default?.Among(Saved)?.ToOpen(null);

    /// <summary>The saved view an address starts from; null = none, or not one that this person sees.</summary>
    public SavedViewRow? Of(TicketListUrl url) => Saved.FirstOrDefault(view => view.Id == url.SavedView);

    public async Task ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        Saved = await savedViews.ListAsync(actor.UserId, cancellationToken);
        Defaults = await defaultViews.FindAsync(actor, cancellationToken);
    }

    /// <summary>Other people's views may ask for long searches: their numbers are read after the rows.</summary>
    public async Task CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        var counted = new Dictionary<int, int>();
        foreach (var view in Saved.Take(MostCounted))
        {
            counted[view.Id] = await tickets.CountAsync(TicketListUrl.OfSaved(view.Id, view.Query).Filter, actor.UserId, cancellationToken);
        }

        Counts = counted;
    }
}
