using Bunit;
using MaintenanceApp.Components;

namespace MaintenanceApp.Tests.Components;

/// <summary>Today is Wednesday 12 November 2025 at the site.</summary>
public sealed class DayFieldTests
{
    [Fact]
    public async Task A_typed_day_is_told_with_every_key_and_written_out_when_the_field_is_left()
    {
        await using var screen = new Screen();
        List<string> values = [], chosen = [];
        var field = Day(screen, "2025-11-20", values, chosen);
        Text(field).ShouldBe("2025-11-20");

        await field.Find("input").InputAsync("dem");
        await field.Find("input").InputAsync("demain");
        values.ShouldBe(["dem", "2025-11-13"]);
        Text(field).ShouldBe("demain", "the text is not changed under the fingers");
        field.FindAll(".err").ShouldBeEmpty();

        await field.Find("input").ChangeAsync("demain");
        Text(field).ShouldBe("2025-11-13");
        chosen.ShouldBe(["2025-11-13"]);

        await field.Find("input").ChangeAsync("");
        chosen.ShouldBe(["2025-11-13", ""]);
        Text(field).ShouldBeNullOrEmpty();
    }

    [Theory]
    [InlineData("fr-CA", "Jour non reconnu. Exemples : 2025-11-12, 25 déc, demain, lundi, +3.")]
    [InlineData("en-CA", "Day not recognized. Try 2025-11-12, Dec 25, tomorrow, Monday or +3.")]
    public async Task What_cannot_be_read_stays_with_a_sentence(string language, string sentence)
    {
        await using var screen = new Screen(language);
        List<string> values = [], chosen = [];
        var field = Day(screen, "", values, chosen);
        await field.Find("input").ChangeAsync("32/11");

        Text(field).ShouldBe("32/11");
        values.ShouldBe(["32/11"], "a form must not keep an older day");
        chosen.ShouldBeEmpty();
        Screen.Plain(field.Find("[role=alert]").TextContent).ShouldBe(sentence);
        field.Find("input").GetAttribute("aria-invalid").ShouldBe("true");
        field.Find("input").GetAttribute("aria-describedby").ShouldBe("day-unread help");
        field.Find("#day-unread").TagName.ShouldBe("P");

        await field.Find("input").InputAsync("30/11");
        field.FindAll("[role=alert]").ShouldBeEmpty();
        field.Find("input").GetAttribute("aria-describedby").ShouldBe("help");
    }

    [Fact]
    public async Task A_value_from_the_page_replaces_what_was_typed()
    {
        await using var screen = new Screen();
        var field = Day(screen, "2025-11-20", [], []);
        await field.Find("input").ChangeAsync("n’importe");
        field.Render(set => set.Add(it => it.Value, "2025-11-17"));
        Text(field).ShouldBe("2025-11-17");
        field.FindAll("[role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_month_marks_today_and_the_chosen_day_and_moves_by_keys()
    {
        await using var screen = new Screen();
        List<string> values = [], chosen = [];
        var field = Day(screen, "2025-11-20", values, chosen);
        await field.Find("button[aria-haspopup=dialog]").ClickAsync();

        field.Find("h2").TextContent.ShouldBe("novembre 2025");
        field.FindAll("th").Select(head => head.TextContent).ShouldBe(["dim", "lun", "mar", "mer", "jeu", "ven", "sam"]);
        field.Find("[aria-current=date]").GetAttribute("data-day").ShouldBe("2025-11-12");
        field.Find("[aria-selected=true]").GetAttribute("aria-label").ShouldBe("jeudi 20 novembre 2025");
        Current(field).ShouldBe("2025-11-20");

        string[] keys = ["ArrowRight", "ArrowDown", "Home", "End", "PageDown", "ArrowLeft", "ArrowUp", "PageUp"];
        List<string?> days = [];
        foreach (var key in keys)
        {
            await field.Find("table").KeyDownAsync(key);
            days.Add(Current(field));
        }

        days.ShouldBe(["2025-11-21", "2025-11-28", "2025-11-23", "2025-11-29", "2025-12-29", "2025-12-28", "2025-12-21", "2025-11-21"]);

        await field.Find("table").KeyDownAsync("Enter");
        chosen.ShouldBe(["2025-11-21"]);
        Text(field).ShouldBe("2025-11-21");
    }

    [Fact]
    public async Task A_day_before_the_first_one_cannot_be_picked()
    {
        await using var screen = new Screen("en-CA");
        List<string> chosen = [];
        var field = screen.Context.Render<DayField>(set => set.Add(it => it.Value, "").Add(it => it.Min, new DateOnly(2025, 11, 12)).Add(it => it.Chosen, chosen.Add));
        await field.Find("button[aria-haspopup=dialog]").ClickAsync();
        field.Find("h2").TextContent.ShouldBe("November 2025");
        field.Find("[data-day='2025-11-11']").GetAttribute("aria-disabled").ShouldBe("true");
        await field.Find("[data-day='2025-11-11']").ClickAsync();
        chosen.ShouldBeEmpty();
        await field.Find("[data-day='2025-11-12']").ClickAsync();
        chosen.ShouldBe(["2025-11-12"]);
    }

    [Theory]
    [InlineData("fr-CA", "15 h 16", "8 h", "Heure non reconnue. Exemple : 15 h 30 ou 1530.")]
    [InlineData("en-CA", "15:16", "8:00", "Time not recognized. Try 15:30 or 3 pm.")]
    public async Task A_time_is_shown_in_the_language_of_the_page(string language, string shown, string whole, string sentence)
    {
        await using var screen = new Screen(language);
        List<string> values = [];
        var field = screen.Context.Render<TimeField>(set => set.Add(it => it.Id, "at").Add(it => it.Value, "15:16").Add(it => it.ValueChanged, values.Add));
        Text(field).ShouldBe(shown);

        await field.Find("input").ChangeAsync("8");
        Text(field).ShouldBe(whole);
        await field.Find("input").ChangeAsync("25 h");
        Text(field).ShouldBe("25 h");
        values.ShouldBe(["08:00", "25 h"]);
        Screen.Plain(field.Find("#at-unread").TextContent).ShouldBe(sentence);
        field.Find("input").GetAttribute("aria-describedby").ShouldBe("at-unread");
        field.Find("input").GetAttribute("inputmode").ShouldBe("numeric");
    }

    private static IRenderedComponent<DayField> Day(Screen screen, string value, List<string> values, List<string> chosen) =>
        screen.Context.Render<DayField>(set => set
            .Add(it => it.Id, "day").Add(it => it.Value, value).Add(it => it.DescribedBy, "help").Add(it => it.ValueChanged, values.Add).Add(it => it.Chosen, chosen.Add));

    private static string? Text<T>(IRenderedComponent<T> field)
        where T : TypedField => field.Find("input").GetAttribute("value") is { } text ? Screen.Plain(text) : null;

    private static string? Current(IRenderedComponent<DayField> field) => field.Find("td[tabindex='0']").GetAttribute("data-day");
}
