using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Overdue;

public sealed partial class OverdueTimeProperties
{
    private static readonly TimeSpan Century = TimeSpan.FromDays(36_500);

    [Fact]
    public void The_words_say_the_whole_minutes_no_more_and_no_less() => Always.Holds(Always.Span(Century), late =>
    {
        var time = OverdueTime.Between(FakeClock.Start, FakeClock.Start + late);

        var words = Words().Match(time.ToString());
        words.Success.ShouldBeTrue(time.ToString());
        (Number(words, "days"), Number(words, "hours"), Number(words, "minutes")).ShouldBe((time.Days, time.Hours, time.Minutes));
        ((((Number(words, "days") * 24L) + Number(words, "hours")) * 60) + Number(words, "minutes")).ShouldBe((long)Math.Floor(late.TotalMinutes));
        words.Groups["days"].Success.ShouldBe(late >= TimeSpan.FromDays(1), "no larger unit than needed");
    });

    [Fact]
    public void It_is_never_negative() => Always.Holds(Always.Span(Century), early =>
        OverdueTime.Between(FakeClock.Start + early, FakeClock.Start).ShouldBe(new OverdueTime(0, 0, 0)));

    [Fact]
    public void Later_is_never_less() => Always.Holds(
        from first in Always.Span(Century)
        from more in Always.Span(TimeSpan.FromDays(2))
        select (first, more),
        late =>
        {
            var (before, after) = (Of(late.first), Of(late.first + late.more));
            (after.Days, after.Hours, after.Minutes).CompareTo((before.Days, before.Hours, before.Minutes)).ShouldBeGreaterThanOrEqualTo(0);
        });

    private static OverdueTime Of(TimeSpan late) => OverdueTime.Between(FakeClock.Start, FakeClock.Start + late);

    private static int Number(Match match, string name) =>
        match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^((?<days>[1-9][0-9]*) jour\(s\) )?(?<hours>1?[0-9]|2[0-3])h (?<minutes>[0-9]|[1-5][0-9])min$")]
    private static partial Regex Words();
}
