using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Board;
using MaintenanceApp.Tickets.Pages;

namespace MaintenanceApp.Tests.Tickets.Board;

public sealed class BoardUrlTests
{
    [Theory]
    [InlineData("/board")]
    [InlineData("/board?machine=5&assignee=none&lanes=priority")]
    [InlineData("/board?view=mine&q=fuite%20huile&column=waiting_parts")]
    [InlineData("/board?status=received,diagnostic&archived=shown")]
    [InlineData("/board?view=overdue&cols=status,due&saved=7&lanes=machine&column=in_progress")]
    public void An_address_reads_back_as_itself(string address) => BoardUrl.Parse(address).ToString().ShouldBe(address);

    [Fact]
    public void What_means_nothing_is_left_out_and_said()
    {
        var url = BoardUrl.Parse("/board?lanes=colour&column=x&status=foo&page=3");
        url.ToString().ShouldBe("/board");
        url.List.Ignored.ShouldBe(["status=foo"]);
    }

    [Fact]
    public void The_list_and_the_board_keep_each_others_filters()
    {
        var list = BoardUrl.Parse("/board?priority=high&machine=2&cols=status,due&saved=7&lanes=machine").List;
        BoardUrl.Of(list).ShouldBe("/board?priority=high&machine=2&cols=status,due&saved=7");
        list.ToOpen(null).ShouldBe("/tickets?priority=high&machine=2&cols=status,due&saved=7");
        BoardUrl.Of(TicketListUrl.Parse("/tickets?view=all_open&open=A&page=2")).ShouldBe("/board");
        BoardUrl.Parse("/tickets?view=critical&page=4").ToString().ShouldBe("/board?view=critical");
    }

    [Fact]
    public void A_number_leads_to_the_rows_it_counts()
    {
        var url = BoardUrl.Parse("/board?machine=2&lanes=assignee");
        url.ListOf(TicketStatus.Diagnostic).ShouldBe("/tickets?status=diagnostic&machine=2");
        url.ListOf(TicketStatus.Archived).ShouldBe("/tickets?view=all&status=archived&machine=2");
        url.ListOf(TicketStatus.Received, new BoardLane(null, null, 1, 0)).ShouldBe("/tickets?status=received&machine=2&assignee=none");
        url.LateListOf(TicketStatus.Received).ShouldBe("/tickets?view=overdue&status=received&machine=2");
    }

    [Fact]
    public void A_status_filter_folds_the_other_columns()
    {
        var question = BoardUrl.Parse("/board?status=diagnostic").Question;
        Enum.GetValues<TicketStatus>().Where(status => !question.IsFolded(status)).ShouldBe([TicketStatus.Diagnostic]);
        BoardUrl.Parse("/board?status=diagnostic").Column.ShouldBe(TicketStatus.Diagnostic, "what a phone shows");
        BoardUrl.Parse("/board").Question.IsFolded(TicketStatus.Archived).ShouldBeTrue();
    }
}
