using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using MaintenanceApp.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;

namespace MaintenanceApp.Tests.Components;

public sealed partial class LatenessTextProperties
{
    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3650);

    [Theory]
    [InlineData("fr-CA")]
    [InlineData("en-CA")]
    public async Task A_duration_read_back_is_the_duration_to_its_smallest_unit(string language)
    {
        await using var screen = new Screen(language);
        var durations = screen.Service<DurationText>();
        Always.Holds(Always.Span(TenYears), duration =>
        {
            var text = Screen.Plain(durations.Of(duration));
            var (read, precision) = Read(text);
            read.ShouldBeLessThanOrEqualTo(duration, text);
            (duration - read).ShouldBeLessThan(precision, text);
            (duration - read).ShouldBeLessThan(
                duration switch
                {
                    { TotalMinutes: < 1 } => TimeSpan.FromSeconds(1),
                    { TotalHours: < 6 } => TimeSpan.FromMinutes(1),
                    { TotalDays: < 10 } => TimeSpan.FromHours(1),
                    _ => TimeSpan.FromDays(1),
                },
                text);
            durations.Of(-duration).ShouldBe(durations.Of(duration), "the sign is the sentence's");
        });
    }

    [Fact]
    public async Task A_ticket_is_late_from_its_date_on_and_closed_ones_never_are()
    {
        await using var screen = new Screen();
        var texts = screen.Service<LatenessText>();
        Always.Holds(
            from status in Gen.Elements(Enum.GetValues<TicketStatus>())
            from away in Always.Span(TenYears)
            from sign in Gen.Elements(-1, 1)
            select (Status: status, Due: screen.Clock.Now + (sign * away)),
            one =>
            {
                var sentence = texts.Due(one.Due, one.Status, screen.Clock.Now);
                var isClosed = one.Status is TicketStatus.Completed or TicketStatus.Archived;
                (sentence.Kind == DueKind.Late).ShouldBe(!isClosed && one.Due < screen.Clock.Now);
                (sentence.Kind == DueKind.Late).ShouldBe(TicketRules.IsOverdue(one.Status, one.Due, screen.Clock.Now), "the screens say what the rule says");
                sentence.Text.ShouldNotContain('-');
                sentence.Text.ShouldNotContain('−');
            });
    }

    /// <returns>The time the text names, and the size of its smallest unit.</returns>
    private static (TimeSpan Time, TimeSpan Precision) Read(string text)
    {
        var match = Words().Match(text);
        match.Success.ShouldBeTrue(text);
        TimeSpan Part(string name, double seconds) =>
            match.Groups[name].Success ? TimeSpan.FromSeconds(seconds * int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture)) : TimeSpan.Zero;
        var precision = match.Groups["seconds"].Success ? TimeSpan.FromSeconds(1)
            : match.Groups["minutes"].Success || match.Groups["rest"].Success ? TimeSpan.FromMinutes(1)
            : match.Groups["hours"].Success ? TimeSpan.FromHours(1)
            : TimeSpan.FromDays(1);
        return (Part("days", 86_400) + Part("hours", 3600) + Part("rest", 60) + Part("minutes", 60) + Part("seconds", 1), precision);
    }

    [GeneratedRegex(@"^((?<days>\d+) [jd]( (?<hours>\d+) h)?|(?<hours>\d+) h( (?<rest>\d\d))?|(?<minutes>\d+) min|(?<seconds>\d+) s)$")]
    private static partial Regex Words();
}
