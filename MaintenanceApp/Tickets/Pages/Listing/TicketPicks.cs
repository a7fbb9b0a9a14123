namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>Which tickets of the list are chosen: some, over several pages, or everything the filter finds.</summary>
public sealed class TicketPicks
{
    private readonly HashSet<int> ids = [];
    private int? last;

    /// <summary>Everything the filter finds, on all pages.</summary>
    public bool IsEverything { get; private set; }

    /// <summary>Chosen one by one; not filled while <see cref="IsEverything"/>.</summary>
    public IReadOnlyCollection<int> Ids => ids;

    public bool Has(int id) => IsEverything || ids.Contains(id);

    /// <param name="total">What the filter finds.</param>
    public int Count(int total) => IsEverything ? total : ids.Count;

    /// <param name="id">The row.</param>
    /// <param name="shown">The rows of the page: what is left when one is taken from everything.</param>
    public void Toggle(int id, IReadOnlyList<int> shown)
    {
        if (IsEverything)
        {
            Clear();
            ids.UnionWith(shown);
        }

        if (!ids.Remove(id))
        {
            ids.Add(id);
        }

        last = id;
    }

    /// <summary>From the row last chosen to this one, both included; just this one when that row is not on the page.</summary>
    public void Extend(int id, IReadOnlyList<int> shown)
    {
        var (from, to) = (last is { } start ? shown.IndexOf(start) : -1, shown.IndexOf(id));
        if (from < 0 || to < 0)
        {
            ids.Add(id);
        }
        else
        {
            ids.UnionWith(shown.Skip(Math.Min(from, to)).Take(Math.Abs(from - to) + 1));
        }

        last = id;
    }

    /// <summary>The rows of the page: all of them, or none if all were.</summary>
    public void TogglePage(IReadOnlyList<int> shown)
    {
        var all = shown.All(Has);
        if (IsEverything)
        {
            Clear();
        }
        else if (all)
        {
            ids.ExceptWith(shown);
        }
        else
        {
            ids.UnionWith(shown);
        }
    }

    public void TakeEverything() => IsEverything = true;

    public void Clear()
    {
        ids.Clear();
        (IsEverything, last) = (false, null);
    }
}

internal static class RowOrder
{
    public static int IndexOf(this IReadOnlyList<int> ids, int id)
    {
        for (var index = 0; index < ids.Count; index++)
        {
            if (ids[index] == id)
            {
                return index;
            }
        }

        return -1;
    }
}
