namespace MaintenanceApp.Tickets.Board;

/// <summary>What is shown while somebody points at a column: nothing moves under the pointer, the rest is as fresh as it can be.</summary>
/// <param name="View">To show.</param>
/// <param name="Waiting">Cards that would come, go or move in the held column.</param>
public sealed record HeldBoard(BoardView View, int Waiting)
{
    /// <param name="shown">What the person sees.</param>
    /// <param name="fresh">As just read.</param>
    /// <param name="held">The column under the pointer; null = nothing is held.</param>
    public static HeldBoard Of(BoardView? shown, BoardView fresh, TicketStatus? held)
    {
        if (shown is null || held is not { } status)
        {
            return new(fresh, 0);
        }

        var (before, after) = (shown[status].Cards, fresh[status].Cards);
        if (before.Select(card => card.Id).SequenceEqual(after.Select(card => card.Id)))
        {
            return new(fresh, 0);
        }

        var kept = before.Select(card => fresh.Find(card.Id) is { } now && now.Status == status ? now : card).ToList();
        var ids = kept.Select(card => card.Id).ToHashSet();
        var view = fresh with
        {
            Columns =
            [
                .. fresh.Columns.Select(column => column.Status == status
                    ? column with { Cards = kept }
                    : column with { Cards = [.. column.Cards.Where(card => !ids.Contains(card.Id))] }),
            ],
        };
        return new(view, Math.Max(1, Differences(before, after)));
    }

    private static int Differences(IReadOnlyList<BoardTicket> before, IReadOnlyList<BoardTicket> after)
    {
        var (old, now) = (before.Select(card => card.Id).ToHashSet(), after.Select(card => card.Id).ToHashSet());
        return old.Count(id => !now.Contains(id)) + now.Count(id => !old.Contains(id));
    }
}
