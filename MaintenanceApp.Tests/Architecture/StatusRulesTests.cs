using System.Text.RegularExpressions;

namespace MaintenanceApp.Tests.Architecture;

/// <summary>Which statuses are open, finished or may notify is said in one file; everybody else asks it.</summary>
public sealed partial class StatusRulesTests
{
    private const string Rules = "MaintenanceApp/Tickets/TicketRules.cs";

    [Fact]
    public void Statuses_are_put_together_in_one_file_only() => Sources.App
        .Where(file => file.Path != Rules)
        .SelectMany(file => Together().Matches(file.Code).Select(match => $"{file.Path}: {match.Value}"))
        .ShouldBeEmpty($"{Rules} says what is open, finished, started or may notify");

    [Theory]
    [InlineData("ticket.Status != TicketStatus.Completed && ticket.Status != TicketStatus.Archived")]
    [InlineData("Status is not (TicketStatus.Archived or TicketStatus.Completed)")]
    [InlineData("{ Status: TicketStatus.Received or TicketStatus.Diagnostic }")]
    [InlineData("ticket.Status == TicketStatus.Received\n    || ticket.Status == TicketStatus.Diagnostic")]
    [InlineData("Statuses = [TicketStatus.InProgress, TicketStatus.WaitingParts]")]
    [InlineData("status == TicketStatus.Completed || x.Ticket.Status == TicketStatus.Archived")]
    public void A_new_definition_is_found(string code) => Together().IsMatch(code).ShouldBeTrue();

    [Theory]
    [InlineData("TicketStatus.Completed => new(\"done\", \"check\"),\n        TicketStatus.Archived => new(\"archived\", \"archive\"),")]
    [InlineData("ticket.Status == TicketStatus.Completed ? 4 : 5")]
    [InlineData("(\"termine\", TicketStatus.Completed), (\"archive\", TicketStatus.Archived)")]
    [InlineData("status == TicketStatus.Archived && !ShowsArchived")]
    public void Words_icons_and_single_statuses_are_no_definition(string code) => Together().IsMatch(code).ShouldBeFalse();

    /// <summary>Two of a set, joined by or, and, or a comma.</summary>
    [GeneratedRegex(@"TicketStatus\.(?:Completed\b[\s)]*(?:or|\|\||&&|,)[\s\w.(!=]*TicketStatus\.Archived|Archived\b[\s)]*(?:or|\|\||&&|,)[\s\w.(!=]*TicketStatus\.Completed|Received\b[\s)]*(?:or|\|\||&&|,)[\s\w.(!=]*TicketStatus\.Diagnostic|Diagnostic\b[\s)]*(?:or|\|\||&&|,)[\s\w.(!=]*TicketStatus\.Received|InProgress\b[\s)]*(?:or|\|\||&&|,)[\s\w.(!=]*TicketStatus\.WaitingParts|WaitingParts\b[\s)]*(?:or|\|\||&&|,)[\s\w.(!=]*TicketStatus\.InProgress)\b")]
    private static partial Regex Together();
}
