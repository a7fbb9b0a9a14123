using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages.Listing;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class LiveRowsTests
{
    [Fact]
    public void Rows_change_where_they_stand_and_none_moves_before_it_is_asked_for()
    {
        var rows = new LiveRows();
        rows.Show(Found(1, 2, 3));
        rows.Offer(Found(1, 2, 3) with { Total = 3 }, []);
        rows.HasWaiting.ShouldBeFalse();

        var changed = Found(9, 3, 1);
        rows.GoneFrom(changed).ShouldBe([2]);
        rows.Offer(changed, [Row(2, "Ailleurs")]);
        rows.Shown!.Rows.Select(row => (row.Id, row.Title)).ShouldBe([(1, "T1"), (2, "Ailleurs"), (3, "T3")]);
        (rows.HasWaiting, rows.NewCount).ShouldBe((true, 1));
        rows.Gone.ShouldBe([2]);

        rows.ShowWaiting();
        rows.Shown.Rows.Select(row => row.Id).ShouldBe([9, 3, 1]);
        (rows.HasWaiting, rows.NewCount, rows.Gone.Count).ShouldBe((false, 0, 0));
    }

    [Fact]
    public void What_comes_back_as_it_was_needs_no_asking_and_an_empty_list_fills_itself()
    {
        var rows = new LiveRows();
        rows.Show(Found(1, 2));
        rows.Offer(Found(2), [Row(1, "T1")]);
        rows.Offer(Found(1, 2), []);
        rows.HasWaiting.ShouldBeFalse();

        rows.Show(Found());
        rows.Offer(Found(4), []);
        rows.Shown!.Rows.ShouldHaveSingleItem().Id.ShouldBe(4);
    }

    [Fact]
    public void Choosing_goes_one_by_one_by_range_by_page_and_by_everything()
    {
        var picks = new TicketPicks();
        int[] page = [5, 3, 8, 1];
        picks.Toggle(3, page);
        picks.Extend(1, page);
        picks.Ids.ShouldBe([3, 8, 1], ignoreOrder: true);
        picks.Toggle(8, page);
        picks.Has(8).ShouldBeFalse();

        picks.TogglePage(page);
        picks.Count(100).ShouldBe(4);
        picks.Toggle(77, [77]);
        picks.Count(100).ShouldBe(5, "a row of another page joins");
        picks.TogglePage(page);
        picks.Ids.ShouldBe([77]);

        picks.TakeEverything();
        (picks.Count(100), picks.Has(4321)).ShouldBe((100, true));
        picks.Toggle(8, page);
        picks.Ids.ShouldBe([5, 3, 1], ignoreOrder: true);
        picks.Clear();
        picks.Count(100).ShouldBe(0);
    }

    private static TicketResults Found(params int[] ids) => new([.. ids.Select(id => Row(id, $"T{id}"))], ids.Length, 1, 50);

    private static TicketRow Row(int id, string title) => new(
        id, $"IGP-{id}", title, "", TicketStatus.Received, TicketPriority.Medium, null, null, null, null, null, 1, "N/A", null, null, default, default, null, false, 0);
}
