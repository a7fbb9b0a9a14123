using MaintenanceApp.Components.Search;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Pages;

namespace MaintenanceApp.Tests.Components;

public sealed class SearchPhraseTests
{
    [Theory]
    [InlineData("en retard", "view=overdue")]
    [InlineData("EN  Retard", "view=overdue")]
    [InlineData("overdue", "view=overdue")]
    [InlineData("priorité:critique", "view=all_open&priority=critical")]
    [InlineData("priorité : critique", "view=all_open&priority=critical")]
    [InlineData("priority:crit priority:low", "view=all_open&priority=critical%2Clow")]
    [InlineData("pompe priorité:haute", "q=pompe&priority=high")]
    [InlineData("retard pompe", "view=overdue&q=pompe")]
    [InlineData("statut:attente", "view=all&status=waiting_parts")]
    [InlineData("non assigné", "view=all_open&assignee=none")]
    [InlineData("assigné:moi en retard", "view=overdue&assignee=mine")]
    [InlineData("sans date", "view=all_open&due=no_date")]
    [InlineData("machine:cnc fuite", "q=cnc%20fuite")]
    [InlineData("priorité:bizarre", "q=bizarre")]
    [InlineData("retardateur", "q=retardateur")]
    [InlineData("#IGP-FOUR-20251110-101,", "q=igp-four-20251110-101")]
    [InlineData("http://usine.example:5080/tickets/IGP-FOUR-20251110-101#thread", "q=igp-four-20251110-101")]
    [InlineData("Fuité d’Huile", "q=fuite%20d%27huile")]
    public void Words_and_conditions_become_the_address_of_a_list(string typed, string query)
    {
        var phrase = SearchPhrase.Parse(typed);
        phrase.Address.ShouldBe("/tickets?" + query);

        var read = TicketListUrl.Parse(phrase.Address);
        read.Ignored.ShouldBeEmpty();
        (read.Filter.View, read.Filter.Text ?? "", read.Filter.Assignee, read.Filter.Due).ShouldBe((phrase.Filter.View, phrase.Text, phrase.Filter.Assignee, phrase.Filter.Due));
        read.Filter.Priorities.ShouldBe(phrase.Filter.Priorities);
        read.Filter.Statuses.ShouldBe(phrase.Filter.Statuses);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData(":::")]
    [InlineData("\ud800 \0")]
    public void Nonsense_is_only_words(string? typed) => SearchPhrase.Parse(typed).HasConditions.ShouldBeFalse();

    [Fact]
    public void A_plain_word_has_no_condition_and_a_late_one_has() =>
        (SearchPhrase.Parse("pompe").HasConditions, SearchPhrase.Parse("retard").Filter.View).ShouldBe((false, TicketView.Overdue));
}
