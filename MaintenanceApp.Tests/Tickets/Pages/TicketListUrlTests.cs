using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;

namespace MaintenanceApp.Tests.Tickets.Pages;

public sealed class TicketListUrlTests
{
    [Theory]
    [InlineData("/tickets?view=all_open")]
    [InlineData("/tickets?view=overdue")]
    [InlineData("/tickets?view=all")]
    [InlineData("/tickets?view=completed_recently&page=3")]
    [InlineData("/tickets?q=pompe%20fuite%20%22%C3%A9t%C3%A9%22%20100%25%20%26%20plus")]
    [InlineData("/tickets?view=all_open&q=pompe")]
    [InlineData("/tickets?status=received,diagnostic&priority=critical&machine=5&assignee=none&due=seven_days")]
    [InlineData("/tickets?assignee=0")]
    [InlineData("/tickets?assignee=mine&sort=-priority,title&size=100&page=2")]
    [InlineData("/tickets?due=no_date")]
    [InlineData("/tickets?due=2026-11-01..2026-11-30&created=seven_days&reporter=mine&notified=failed&acknowledged=no")]
    [InlineData("/tickets?due=2026-11-01..&created=..2026-11-30&reporter=12&notified=yes&acknowledged=yes")]
    public void An_address_is_read_and_written_back_the_same(string address)
    {
        var url = TicketListUrl.Parse(address);
        url.Ignored.ShouldBeEmpty();
        TicketListUrl.Of(url.Filter).ShouldBe(address);
    }

    [Theory]
    [InlineData("/tickets?status=bogus&view=overdue", "status=bogus", "/tickets?view=overdue")]
    [InlineData("/tickets?view=late", "view=late", "/tickets?view=all_open")]
    [InlineData("/tickets?machine=abc", "machine=abc", "/tickets?view=all_open")]
    [InlineData("/tickets?machine=-1", "machine=-1", "/tickets?view=all_open")]
    [InlineData("/tickets?page=0&page=2", "page=0", "/tickets?view=all_open")]
    [InlineData("/tickets?size=7", "size=7", "/tickets?view=all_open")]
    [InlineData("/tickets?sort=colour", "sort=colour", "/tickets?view=all_open")]
    [InlineData("/tickets?priority=high,urgent", "priority=high,urgent", "/tickets?view=all_open")]
    [InlineData("/tickets?assignee=everyone", "assignee=everyone", "/tickets?view=all_open")]
    [InlineData("/tickets?due=2026-02-30", "due=2026-02-30", "/tickets?view=all_open")]
    [InlineData("/tickets?due=2026-11-30..2026-11-01", "due=2026-11-30..2026-11-01", "/tickets?view=all_open")]
    [InlineData("/tickets?created=..", "created=..", "/tickets?view=all_open")]
    [InlineData("/tickets?created=1999-12-31..9999-12-31", "created=1999-12-31..9999-12-31", "/tickets?view=all_open")]
    [InlineData("/tickets?reporter=none", "reporter=none", "/tickets?view=all_open")]
    [InlineData("/tickets?notified=peut-être", "notified=peut-être", "/tickets?view=all_open")]
    [InlineData("/tickets?acknowledged=1", "acknowledged=1", "/tickets?view=all_open")]
    [InlineData("/tickets?saved=x", "saved=x", "/tickets?view=all_open")]
    [InlineData("/tickets?cols=status,colour", "cols=status,colour", "/tickets?view=all_open")]
    public void What_means_nothing_is_ignored_and_named(string address, string ignored, string rest)
    {
        var url = TicketListUrl.Parse("http://localhost:5080" + address);
        url.Ignored.ShouldBe([ignored]);
        TicketListUrl.Of(url.Filter).ShouldBe(rest);
    }

    [Fact]
    public void The_panel_the_saved_view_and_the_columns_travel_with_the_filter()
    {
        var url = TicketListUrl.Parse("/tickets?view=overdue&page=2&cols=due,status&saved=7&open=IGP-FOUR-FOUR%20DE%20TREMPE-1");
        (url.Open, url.SavedView).ShouldBe(("IGP-FOUR-FOUR DE TREMPE-1", 7));
        url.Columns.ShouldBe([TicketListColumn.Status, TicketListColumn.Due], "columns stand in their own order");
        url.SavedQuery.ShouldBe("view=overdue&cols=status,due");
        TicketListUrl.OfSaved(7, url.SavedQuery).ToOpen(null).ShouldBe("/tickets?view=overdue&cols=status,due&saved=7");
        url.To(url.Filter with { MachineId = 3 }).ShouldBe("/tickets?view=overdue&machine=3&page=2&cols=status,due&saved=7");
        url.ToOpen("A B").ShouldBe("/tickets?view=overdue&page=2&cols=status,due&saved=7&open=A%20B");
        url.ToPage("A B").ShouldBe("/tickets/A%20B?from=%2Ftickets%3Fview%3Doverdue%26page%3D2%26cols%3Dstatus%2Cdue%26saved%3D7");
    }

    [Theory]
    [InlineData("http://localhost:5080/tickets", true)]
    [InlineData("/tickets?#main", true)]
    [InlineData("/tickets?view=all_open", false)]
    [InlineData("/tickets?open=A", false)]
    public void Only_an_address_that_says_nothing_is_left_to_the_reader(string address, bool isBare) => TicketListUrl.IsBare(address).ShouldBe(isBare);

    [Fact]
    public void A_search_without_a_view_is_for_every_ticket()
    {
        TicketListUrl.Parse("/tickets?q=pompe").Filter.View.ShouldBeNull();
        TicketListUrl.Parse("/tickets").Filter.View.ShouldBe(TicketView.AllOpen);
        TicketListUrl.Parse("/tickets?q=%20").Filter.View.ShouldBe(TicketView.AllOpen);
    }

    [Fact]
    public void Unknown_parameters_and_a_fragment_are_left_alone()
    {
        var url = TicketListUrl.Parse("/tickets?utm_source=mail&view=mine&focus=search#main");
        url.Ignored.ShouldBeEmpty();
        url.Filter.View.ShouldBe(TicketView.Mine);
    }

    [Fact]
    public void A_machine_that_is_not_there_is_ignored()
    {
        var url = TicketListUrl.Parse("/tickets?machine=99");
        url.WithMachines([1, 2]).Filter.MachineId.ShouldBeNull();
        url.WithMachines([1, 2]).Ignored.ShouldBe(["machine=99"]);
        url.WithMachines([99]).ShouldBe(url);
    }

    [Fact]
    public void Every_view_has_an_order_of_its_own_that_the_address_leaves_out()
    {
        foreach (var view in TicketViewTabs.All)
        {
            var filter = TicketListUrl.Parse(TicketListUrl.Of(new TicketFilter { View = view })).Filter;
            filter.View.ShouldBe(view);
            filter.Sort.ShouldNotBeEmpty();
            TicketListUrl.Of(filter).ShouldNotContain("sort=");
        }
    }

    [Theory]
    [InlineData("IGP-DÉCOUPE-DÉCOUPE-20261112-004", "/tickets/IGP-D%C3%89COUPE-D%C3%89COUPE-20261112-004", "20261112-004")]
    [InlineData("IGP-FOUR-FOUR DE TREMPE-20261110-101", "/tickets/IGP-FOUR-FOUR%20DE%20TREMPE-20261110-101", "20261110-101")]
    [InlineData("A/B?C#D", "/tickets/A%2FB%3FC%23D", "A/B?C#D")]
    public void Numbers_with_spaces_and_accents_are_encoded_and_their_tail_is_kept(string number, string address, string tail)
    {
        TicketUrl.Of(number).ShouldBe(address);
        TicketUrl.Tail(number).ShouldBe(tail);
    }
}
