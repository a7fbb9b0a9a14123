using System.Globalization;
using MaintenanceApp.Components;

namespace MaintenanceApp.Tests.Components;

public sealed class TypedDayTests
{
    /// <summary>A Wednesday.</summary>
    private static readonly DateOnly Today = new(2025, 11, 12);

    [Theory]
    [InlineData("2026-11-20", "2026-11-20")]
    [InlineData(" 2026/1/5 ", "2026-01-05")]
    [InlineData("20261120", "2026-11-20")]
    [InlineData("20/11", "2025-11-20")]
    [InlineData("12/11", "2025-11-12")]
    [InlineData("11/11", "2026-11-11")]
    [InlineData("11/20", "2025-11-20")]
    [InlineData("03/04", "2026-04-03")]
    [InlineData("29/02/2028", "2028-02-29")]
    [InlineData("20.11.26", "2026-11-20")]
    [InlineData("demain", "2025-11-13")]
    [InlineData("Après-demain", "2025-11-14")]
    [InlineData("Aujourd’hui", "2025-11-12")]
    [InlineData("auj.", "2025-11-12")]
    [InlineData("hier", "2025-11-11")]
    [InlineData("today", "2025-11-12")]
    [InlineData("lundi", "2025-11-17")]
    [InlineData("MERCREDI", "2025-11-19")]
    [InlineData("jeu.", "2025-11-13")]
    [InlineData("friday", "2025-11-14")]
    [InlineData("+3", "2025-11-15")]
    [InlineData("-1", "2025-11-11")]
    public void French_pages_read_what_people_type(string text, string day) => Read(text, "fr-CA").ShouldBe(day);

    [Theory]
    [InlineData("2026-11-20", "2026-11-20")]
    [InlineData("20/11", "2025-11-20")]
    [InlineData("11/20", "2025-11-20")]
    [InlineData("04/04", "2026-04-04")]
    [InlineData("03/04", null)]
    [InlineData("03/04/2026", null)]
    [InlineData("tomorrow", "2025-11-13")]
    [InlineData("Yesterday", "2025-11-11")]
    [InlineData("monday", "2025-11-17")]
    [InlineData("Thu", "2025-11-13")]
    [InlineData("demain", "2025-11-13")]
    [InlineData("+14", "2025-11-26")]
    public void English_pages_refuse_a_day_that_could_be_two(string text, string? day) => Read(text, "en-CA").ShouldBe(day);

    [Theory]
    [InlineData("25 déc", "2025-12-25")]
    [InlineData("25 dec.", "2025-12-25")]
    [InlineData("25 décembre 2026", "2026-12-25")]
    [InlineData("1er décembre", "2025-12-01")]
    [InlineData("1ᵉʳ decembre", "2025-12-01")]
    [InlineData("le premier janvier", "2026-01-01")]
    [InlineData("3 Févr. 2027", "2027-02-03")]
    [InlineData("12 novembre", "2025-11-12")]
    [InlineData("11 novembre", "2026-11-11")]
    [InlineData("29 février", "2028-02-29")]
    [InlineData("Dec 25", "2025-12-25")]
    [InlineData("25 Dec", "2025-12-25")]
    [InlineData("December 25th, 2026", "2026-12-25")]
    [InlineData("the 1st of july", "2026-07-01")]
    [InlineData("juil. 4", "2026-07-04")]
    [InlineData("30 juin", "2026-06-30")]
    [InlineData("next monday", "2025-11-17")]
    [InlineData("lundi prochain", "2025-11-17")]
    [InlineData("ce mercredi", "2025-11-12")]
    [InlineData("this wednesday", "2025-11-12")]
    [InlineData("mercredi prochain", "2025-11-19")]
    [InlineData("ce jeudi", "2025-11-13")]
    [InlineData("Lundi en huit", "2025-11-24")]
    [InlineData("31 novembre", null)]
    [InlineData("29 février 2027", null)]
    [InlineData("4 jui", null)]
    [InlineData("0 mars", null)]
    [InlineData("25 brumaire", null)]
    [InlineData("prochain", null)]
    public void Dates_in_letters_are_read_on_the_pages_of_either_language(string text, string? day)
    {
        Read(text, "fr-CA").ShouldBe(day);
        Read(text, "en-CA").ShouldBe(day);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("un jour")]
    [InlineData("2026-02-30")]
    [InlineData("32/11")]
    [InlineData("0/0")]
    [InlineData("1999-12-31")]
    [InlineData("2101-01-01")]
    [InlineData("0000-00-00")]
    [InlineData("+9999")]
    [InlineData("+٣")]
    [InlineData("2026")]
    [InlineData("\ud800")]
    public void What_is_no_day_is_not_read(string? text) => Read(text, "fr-CA").ShouldBeNull();

    [Fact]
    public void What_is_shown_is_read_back()
    {
        for (var day = new DateOnly(2024, 1, 1); day.Year < 2026; day = day.AddDays(1))
        {
            Read(TypedDay.Of(day), "en-CA").ShouldBe(TypedDay.Of(day));
        }
    }

    [Theory]
    [InlineData("15 h 16", "15:16")]
    [InlineData("15\u00a0h\u00a016", "15:16")]
    [InlineData("15h16", "15:16")]
    [InlineData("15H", "15:00")]
    [InlineData("15 heures", "15:00")]
    [InlineData("15:16", "15:16")]
    [InlineData("15:16:30", "15:16")]
    [InlineData("15.16", "15:16")]
    [InlineData("1516", "15:16")]
    [InlineData("815", "08:15")]
    [InlineData("8", "08:00")]
    [InlineData("0 h 05", "00:05")]
    [InlineData("3 pm", "15:00")]
    [InlineData("3:16 p.m.", "15:16")]
    [InlineData("316PM", "15:16")]
    [InlineData("12 am", "00:00")]
    [InlineData("12 pm", "12:00")]
    [InlineData("24:00", null)]
    [InlineData("15:60", null)]
    [InlineData("15 pm", null)]
    [InlineData("0 am", null)]
    [InlineData("midi", null)]
    [InlineData("15161", null)]
    [InlineData("-3", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_time_is_read_in_both_languages(string? text, string? time) => (TypedTime.Read(text) is { } read ? TypedTime.Of(read) : null).ShouldBe(time);

    private static string? Read(string? text, string language) =>
        TypedDay.Read(text, Today, CultureInfo.GetCultureInfo(language)) is { } day ? TypedDay.Of(day) : null;
}
