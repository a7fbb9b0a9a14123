namespace MaintenanceApp.Tickets.Pages.Listing;

/// <summary>
/// The rows of the list while others work: a row changes where it stands, and none moves, comes or goes until the person
/// asks for it, so that nothing moves under the pointer.
/// </summary>
public sealed class LiveRows
{
    private TicketResults? waiting;

    /// <summary>Null before the first answer.</summary>
    public TicketResults? Shown { get; private set; }

    /// <summary>Shown, but no longer what the filter finds.</summary>
    public IReadOnlySet<int> Gone { get; private set; } = new HashSet<int>();

    /// <summary>Rows of this page that are not shown yet.</summary>
    public int NewCount { get; private set; }

    /// <summary>Whether <see cref="ShowWaiting"/> would show something else.</summary>
    public bool HasWaiting => waiting is not null;

    /// <summary>The answer to what the person asked.</summary>
    public void Show(TicketResults results) => (Shown, waiting, Gone, NewCount) = (results, null, new HashSet<int>(), 0);

    public void ShowWaiting()
    {
        if (waiting is { } results)
        {
            Show(results);
        }
    }

    /// <summary>Shown rows that a new answer does not hold any more.</summary>
    public IReadOnlyList<int> GoneFrom(TicketResults found) =>
        [.. (Shown?.Rows ?? []).Select(row => row.Id).Except(found.Rows.Select(row => row.Id))];

    /// <summary>The same question, asked again because something changed.</summary>
    /// <param name="found">The answer now.</param>
    /// <param name="left">The rows of <see cref="GoneFrom"/> as they are now.</param>
    public void Offer(TicketResults found, IReadOnlyList<TicketRow> left)
    {
        if (Shown is not { Rows.Count: > 0 } shown || shown.Rows.Select(row => row.Id).SequenceEqual(found.Rows.Select(row => row.Id)))
        {
            Show(found);
            return;
        }

        var now = found.Rows.Concat(left).DistinctBy(row => row.Id).ToDictionary(row => row.Id);
        Gone = GoneFrom(found).ToHashSet();
        NewCount = found.Rows.Select(row => row.Id).Except(shown.Rows.Select(row => row.Id)).Count();
        Shown = shown with { Rows = [.. shown.Rows.Select(row => now.GetValueOrDefault(row.Id, row))] };
        waiting = found;
    }
}
