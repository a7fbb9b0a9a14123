using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Notifications;
using MaintenanceApp.Notifications.Pages;
using MaintenanceApp.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Notifications.Pages;

/// <summary>Notifications in words: rows, addresses, bodies.</summary>
public sealed class NotificationScreenTests
{
    private static readonly DateTime At = new(2025, 11, 12, 19, 7, 11, DateTimeKind.Utc);

    [Fact]
    public async Task A_row_says_the_result_the_cause_and_what_comes_next()
    {
        await using var screen = Screen("fr-CA");
        var retrying = Row with { Status = NotificationStatus.Pending, AttemptCount = 7, NextAttemptAt = At.AddHours(4), ResponseStatus = 503, LastOutcome = AttemptOutcome.ServerError, LastDurationMs = 1204 };
        var dead = Row with { Id = 2, Status = NotificationStatus.Dead, AttemptCount = 3, Cause = NotificationCause.EndpointRefuses, ResponseStatus = 404 };
        var cancelled = Row with { Id = 3, Status = NotificationStatus.Cancelled, AttemptCount = 0, SentAt = null, Cause = NotificationCause.AlreadyStarted, ResponseStatus = null, LastOutcome = null };

        var table = screen.Context.Render<NotificationTable>(parameters => parameters
            .Add(x => x.Rows, [retrying, dead, cancelled]).Add(x => x.CanResend, true));

        var rows = table.FindAll("tbody tr").Select(row => Components.Screen.Plain(row.TextContent)).ToList();
        foreach (var words in new[] { "Nouvel essai", "HTTP 503", "1 204 ms", "7 / 8", "prochain auj. 18 h 07", "Auto", "Renvoyer" })
        {
            rows[0].ShouldContain(words);
        }

        rows[1].ShouldContain("3 / 3");
        rows[1].ShouldContain("Refusée par le point d’envoi");
        rows[2].ShouldContain("Le travail est commencé ou terminé");
        rows[2].ShouldNotContain("Renvoyer");
    }

    [Theory]
    [InlineData("fr-CA", "Mise de côté", "nouvelle tentative auj. 15 h 07", "Impossible à préparer, rien n’est parti.", "Détail technique", "Aucune requête n’a été faite", "Mise de côté : impossible à préparer")]
    [InlineData("en-CA", "Set aside", "next look today 15:07", "Cannot be prepared, nothing was sent.", "Technical detail", "No request was made", "Set aside: it cannot be prepared")]
    public async Task One_that_cannot_be_prepared_says_so_with_its_cause(string language, string pill, string next, string why, string detail, string none, string title)
    {
        await using var screen = Screen(language);
        var aside = Row with
        {
            Status = NotificationStatus.Pending,
            AttemptCount = 0,
            SentAt = null,
            NextAttemptAt = At.AddHours(1),
            ResponseStatus = null,
            ResponseBody = null,
            LastOutcome = null,
            LastDurationMs = null,
            AsideCount = 1,
            AsideError = "FormatException: 'hier'",
        };
        var table = screen.Context.Render<NotificationTable>(parameters => parameters.Add(x => x.Rows, [aside]).Add(x => x.CanResend, true));
        await table.Find("button[aria-expanded]").ClickAsync();

        var text = Components.Screen.Plain(table.Find("tbody").TextContent);
        foreach (var words in new[] { pill, next, why, detail, "FormatException: 'hier'" })
        {
            text.ShouldContain(words);
        }

        table.FindAll("button.btn").Count.ShouldBe(1, "it may be resent at once");
        var attempts = screen.Context.Render<AttemptList>(parameters => parameters.Add(x => x.Row, aside).Add(x => x.Attempts, []));
        attempts.Markup.ShouldContain(none);
        Components.Screen.Plain(screen.Service<NotificationWords>().Headline(aside, null, null)).ShouldBe(title);
    }

    [Fact]
    public async Task Without_the_permission_nothing_can_be_resent_and_a_row_still_unfolds()
    {
        await using var screen = Screen("en-CA");
        var dead = Row with { Status = NotificationStatus.Dead, AttemptCount = 8, Cause = NotificationCause.RetriesExhausted, ResponseBody = null };
        var table = screen.Context.Render<NotificationTable>(parameters => parameters.Add(x => x.Rows, [dead]));

        table.FindAll("button.btn").ShouldBeEmpty();
        await table.Find("button[aria-expanded]").ClickAsync();

        table.Find(".resp").TextContent.ShouldContain("Every attempt is used up");
    }

    [Theory]
    [InlineData(NotificationStatus.Delivered, 3, "Livrée au 3ᵉ essai, en 2 min", "Delivered at the 3rd attempt, in 2 min")]
    [InlineData(NotificationStatus.Delivered, 1, "Livrée au premier essai", "Delivered at the first attempt")]
    [InlineData(NotificationStatus.Dead, 8, "Abandonnée après 8 essais", "Given up after 8 attempts")]
    [InlineData(NotificationStatus.Pending, 3, "En attente du 4ᵉ essai", "Waiting for the 4th attempt")]
    [InlineData(NotificationStatus.Cancelled, 0, "Annulée avant l’envoi", "Cancelled before sending")]
    public async Task The_title_says_the_outcome_in_words(NotificationStatus status, int attempts, string french, string english)
    {
        foreach (var (language, words) in new[] { ("fr-CA", french), ("en-CA", english) })
        {
            await using var screen = Screen(language);
            var title = screen.Service<NotificationWords>().Headline(Row with { Status = status, AttemptCount = attempts }, At.AddSeconds(-153), At);
            Components.Screen.Plain(title).ShouldBe(words);
        }
    }

    [Fact]
    public void The_address_is_read_back_as_it_was_written()
    {
        var address = new NotificationListUrl
        {
            View = NotificationView.Failed,
            Ticket = "fuite & huile",
            Status = NotificationStatus.Dead,
            Trigger = NotificationTrigger.Resend,
            From = new DateOnly(2025, 11, 1),
            To = new DateOnly(2025, 11, 12),
            Run = "run_1",
            Page = 3,
        };

        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.ToString().Split('?')[1]);
        string? Value(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        NotificationListUrl.Parse(Value("view"), Value("ticket"), Value("status"), Value("trigger"), Value("period"), Value("from"), Value("to"), Value("run"), 3).ShouldBe(address);
        NotificationListUrl.Parse("x", " ", "x", "x", "x", "demain", "", null, -1).ToString().ShouldBe("/notifications");
    }

    [Fact]
    public async Task A_body_is_indented_only_when_it_is_json_and_never_becomes_markup()
    {
        var json = string.Concat(JsonTokens.Of("""{"titre":"Été \"x\"","n":-2.5,"ok":true}""").Select(token => token.Text));
        json.ReplaceLineEndings("\n").ShouldBe("{\n  \"titre\": \"Été \\\"x\\\"\",\n  \"n\": -2.5,\n  \"ok\": true\n}");
        JsonTokens.Of("<b>non</b>").ShouldBe([new JsonToken("<b>non</b>", null)]);

        await using var screen = new Screen();
        screen.Context.Render<JsonBody>(parameters => parameters.Add(x => x.Text, "<script>1</script>").Add(x => x.Label, "Corps").Add(x => x.Missing, "rien"))
            .FindAll("script").ShouldBeEmpty();
    }

    private static NotificationRow Row => new()
    {
        Id = 1,
        TicketId = "IGP-FOUR-20251110-101",
        TicketTitle = "Thermocouple instable",
        MachineType = "Four",
        MachineModel = "Four de trempe",
        Type = WebhookNotification.OverdueScheduled,
        Status = NotificationStatus.Delivered,
        Trigger = NotificationTrigger.Scan,
        RequestedBy = null,
        RequestedByName = null,
        CreatedAt = At,
        SentAt = At,
        NextAttemptAt = null,
        AttemptCount = 1,
        ResponseStatus = 200,
        ResponseBody = "{}",
        Cause = null,
        PossibleDuplicate = false,
        RunId = null,
        ResentFrom = null,
        WebhookId = "msg_1",
        Endpoint = "https://x/••••••••",
        LastOutcome = AttemptOutcome.Accepted,
        LastDurationMs = 412,
    };

    private static Screen Screen(string language)
    {
        var screen = new Screen(language);
        screen.Context.Services.AddOptions<NotifierOptions>();
        screen.Context.Services.AddScoped<NotificationWords>();
        return screen;
    }
}
