using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Tickets;

public sealed partial class TicketDatesProperties
{
    private static readonly DateTime First = new(2000, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<DateTime> Second =
        from day in Always.Between(0, 36_800)
        from second in Always.Between(0, 86_399)
        select First.AddDays(day).AddSeconds(second);

    private static readonly Gen<TimeSpan> Offset = Gen.Choose(-14 * 4, 14 * 4).Select(quarters => TimeSpan.FromMinutes(15 * quarters));

    /// <summary>Texts that look like dates: the pieces of dates in any order and number.</summary>
    private static readonly Gen<string> Lookalike = Gen.Elements(
            "2025", "-", "11", "12", "02", "30", "31", "00", "24", "59", "60", ":", "T", "t", " ", "Z", "z", "+", "05", "14", "15", ".", "5", "123", "1999", "2101", "9999",
            "0001", "/", "W", "\u0660", "\0", "\ud83d", "e", "demain")
        .ListOf().Select(string.Concat);

    private readonly TicketDates dates = new(new SiteClock(new FakeClock(), Options.Create(new SiteOptions { TimeZone = "America/Toronto" })));

    [Fact]
    public void The_stored_form_comes_back_as_it_was() => Always.Holds(Second, instant =>
        Read(instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).ShouldBe(instant));

    [Fact]
    public void Iso_with_any_offset_is_the_same_instant() => Always.Holds(
        from instant in Second
        from offset in Offset
        from digits in Gen.Choose(0, 7)
        from ticks in Gen.Choose(0, 9_999_999)
        from isZulu in Gen.Elements(true, false)
        select (Instant: instant.AddTicks(digits == 0 ? 0 : ticks - (ticks % (int)Math.Pow(10, 7 - digits))), offset, digits, isZulu),
        one =>
        {
            var local = new DateTimeOffset(one.Instant).ToOffset(one.isZulu ? TimeSpan.Zero : one.offset);
            var fraction = one.digits == 0 ? "" : "." + new string('f', one.digits);
            Read(local.ToString($"yyyy-MM-dd'T'HH:mm:ss{fraction}" + (one.isZulu ? "'Z'" : "zzz"), CultureInfo.InvariantCulture)).ShouldBe(one.Instant);
        });

    [Fact]
    public void A_bare_day_ends_at_the_last_second_of_that_day_at_the_site() => Always.Holds(Second, instant =>
    {
        var day = DateOnly.FromDateTime(instant);
        var read = Read(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ShouldNotBeNull();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");
        TimeZoneInfo.ConvertTimeFromUtc(read, zone).ShouldBe(day.ToDateTime(new TimeOnly(23, 59, 59)));
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(read.AddSeconds(1), zone)).ShouldBe(day.AddDays(1));
    });

    [Fact]
    public void Whatever_is_read_has_one_of_the_three_shapes_and_nothing_throws() => Always.Holds(
        Gen.OneOf(Lookalike, Always.AnyText, Second.Select(instant => instant.ToString("O", CultureInfo.InvariantCulture)).SelectMany(Mutated)),
        text =>
        {
            var isRead = dates.TryParse(text, out var instant);
            TicketDates.IsValid(text).ShouldBe(isRead, text);
            if (!isRead)
            {
                instant.ShouldBeNull();
                return;
            }

            if (instant is not null)
            {
                Shape().IsMatch(text.Trim()).ShouldBeTrue(text);
                instant.Value.Kind.ShouldBe(DateTimeKind.Utc);
                instant.Value.Year.ShouldBeInRange(2000, 2101);
            }
        },
        times: 3000);

    private DateTime? Read(string text) => dates.TryParse(text, out var instant) ? instant : throw new FormatException(text);

    private static Gen<string> Mutated(string text) =>
        from at in Gen.Choose(0, text.Length - 1)
        from letter in Gen.Elements('0', '9', '-', ':', ' ', 'T', 'Z', '+', '.', '\0', 'x', '\u00a0')
        from kind in Gen.Choose(0, 2)
        select kind switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, letter.ToString()),
            _ => string.Concat(text.AsSpan(0, at), letter.ToString(), text.AsSpan(at + 1)),
        };

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2}|[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{0,7})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?$")]
    private static partial Regex Shape();
}
