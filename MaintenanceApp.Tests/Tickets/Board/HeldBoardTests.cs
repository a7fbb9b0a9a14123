using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;

namespace MaintenanceApp.Tests.Tickets.Board;

public sealed class HeldBoardTests
{
    [Fact]
    public void Nothing_moves_in_the_column_under_the_pointer()
    {
        var shown = Board([1, 2, 3], [4]);
        var fresh = Board([3, 5], [4, 1]);

        var held = HeldBoard.Of(shown, fresh, TicketStatus.Received);
        Ids(held.View, TicketStatus.Received).ShouldBe([1, 2, 3]);
        Ids(held.View, TicketStatus.Diagnostic).ShouldBe([4], "a card is never shown twice");
        held.Waiting.ShouldBe(3, "1 and 2 went, 5 came");
        held.View[TicketStatus.Received].Count.ShouldBe(2, "numbers are always true");
    }

    [Fact]
    public void Other_columns_are_fresh_and_a_change_inside_a_card_is_shown_in_its_place()
    {
        var shown = Board([1, 2], [4]);
        var fresh = Board([1, 2], [4, 6], "Titre corrigé");
        var held = HeldBoard.Of(shown, fresh, TicketStatus.Received);
        held.ShouldBe(new HeldBoard(fresh, 0));

        var longer = HeldBoard.Of(shown, Board([1, 2, 7], [4], "Titre corrigé"), TicketStatus.Received);
        longer.View[TicketStatus.Received].Cards.ShouldAllBe(card => card.Title == "Titre corrigé");
        longer.Waiting.ShouldBe(1);
    }

    [Fact]
    public void Without_a_pointer_the_board_is_as_it_was_read()
    {
        var fresh = Board([2], []);
        HeldBoard.Of(Board([1], []), fresh, null).ShouldBe(new HeldBoard(fresh, 0));
        HeldBoard.Of(null, fresh, TicketStatus.Received).ShouldBe(new HeldBoard(fresh, 0));
    }

    [Fact]
    public void A_moved_card_is_on_top_of_its_new_column_at_once()
    {
        var board = Board([1, 2], [4]);
        var moved = board.WithMoved(board.Find(2)!, TicketStatus.Diagnostic);
        Ids(moved, TicketStatus.Received).ShouldBe([1]);
        Ids(moved, TicketStatus.Diagnostic).ShouldBe([2, 4]);
        (moved[TicketStatus.Received].Count, moved[TicketStatus.Diagnostic].Count).ShouldBe((1, 2));
        moved.Find(2)!.Status.ShouldBe(TicketStatus.Diagnostic);
    }

    private static IEnumerable<int> Ids(BoardView board, TicketStatus status) => board[status].Cards.Select(card => card.Id);

    private static BoardView Board(int[] received, int[] diagnostic, string title = "Bruit")
    {
        var cards = new Dictionary<TicketStatus, int[]> { [TicketStatus.Received] = received, [TicketStatus.Diagnostic] = diagnostic };
        return new BoardView(
            [.. Enum.GetValues<TicketStatus>().Select(status => Column(status, cards.GetValueOrDefault(status, []), title))], [], []);
    }

    private static BoardColumn Column(TicketStatus status, int[] ids, string title) =>
        new(status, ids.Length, 0, [.. ids.Select(id => new BoardTicket(
            id, $"IGP-{id}", title, status, TicketPriority.Medium, null, null, null, null, null, null, null, null, null, IsOverdue: false, Version: 1))]);
}
