using MaintenanceApp.Components;
using MaintenanceApp.Notifications;
using MaintenanceApp.Notifications.Pages;
using MaintenanceApp.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Notifications.Pages;

/// <summary>What administrators are told, in both languages.</summary>
public sealed class NoticeWordsTests
{
    private const string Where = "https://connect.pabbly.com/••••••••";

    [Theory]
    [InlineData("fr-CA")]
    [InlineData("en-CA")]
    public async Task Every_kind_has_a_sentence_of_its_own(string language)
    {
        await using var screen = Screen(language);
        var words = screen.Service<NoticeWords>();
        var titles = Enum.GetValues<NoticeKind>().Select(kind => words.Of(Notice(screen, kind, "+02:00:00", 2)).Title).ToList();
        titles.Distinct().Count().ShouldBe(titles.Count);
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            foreach (var waiting in new int?[] { null, 0, 1, 14 })
            {
                var sentence = words.Of(Notice(screen, kind, null, waiting));
                $"{sentence.Title} {sentence.Text} {sentence.Link}".ShouldNotContain("Notice", Case.Sensitive);
            }
        }
    }

    [Fact]
    public async Task An_outage_is_one_sentence_down_and_one_recovered_with_the_way_to_what_waited()
    {
        await using var screen = Screen("fr-CA");
        var words = screen.Service<NoticeWords>();
        var down = words.Of(Notice(screen, NoticeKind.ReceiverDown, new NoticeDetail(Where, AttemptOutcome.ServerError, 503).ToString(), 14));
        Components.Screen.Plain(down.Title).ShouldBe("connect.pabbly.com ne répond plus depuis 2 h 10 ; 14 notifications en attente");
        Components.Screen.Plain(down.Text!).ShouldBe("HTTP 503 : panne chez le récepteur.");

        var recovered = words.Of(Notice(screen, NoticeKind.ReceiverRecovered, Where, 14));
        Components.Screen.Plain(recovered.Title).ShouldBe("connect.pabbly.com répond de nouveau ; panne de 1 h 30 ; 14 notifications ont attendu");
        Components.Screen.Plain(recovered.Text!).ShouldBe("De 2 h 10 à 3 h 40.");
        recovered.Href.ShouldBe("/notifications?outage=2025-11-12T07%3A10%3A00Z%2F2025-11-12T08%3A40%3A00Z");
    }

    [Fact]
    public async Task Wrong_secrets_are_counted_and_a_jump_says_which_way()
    {
        await using var screen = Screen("en-CA");
        var words = screen.Service<NoticeWords>();
        var cron = Notice(screen, NoticeKind.CronSecretRefused, "203.0.113.7", null);
        cron.Count = 40;
        words.Of(cron).Title.ShouldBe("40 calls of /api/cron refused: wrong secret");
        words.Of(cron).Text!.ShouldContain("203.0.113.7");
        Components.Screen.Plain(words.Of(Notice(screen, NoticeKind.ClockJumped, "-1.01:00:00", null)).Title).ShouldBe("The server’s clock went back by 1 d 1 h");
        Components.Screen.Plain(words.Of(Notice(screen, NoticeKind.ClockJumped, "+02:00:00", null)).Title).ShouldBe("The server’s clock went forward by 2 h");
    }

    [Fact]
    public void A_detail_is_read_back_as_it_was_written()
    {
        foreach (var detail in new[] { new NoticeDetail(Where), new NoticeDetail(Where, AttemptOutcome.Dns), new NoticeDetail(Where, AttemptOutcome.Rejected, 404) })
        {
            NoticeDetail.Parse(detail.ToString()).ShouldBe(detail);
        }

        NoticeDetail.Parse(Where + " · Aucune réponse en 20 s").ShouldBe(new NoticeDetail(Where));
        NoticeDetail.Parse(null).Where.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_deleted_for_good_is_said_with_who_did_it()
    {
        await using var screen = Screen("fr-CA");
        var words = screen.Service<NoticeWords>();
        var detail = new ErasureDetail("IGP-FOUR-20261122-017", "Anne Roy").ToString();
        words.Of(Notice(screen, NoticeKind.TicketErased, detail, null)).Title.ShouldBe("Anne Roy a supprimé pour de bon le billet IGP-FOUR-20261122-017");
        var emptied = Notice(screen, NoticeKind.TrashEmptied, detail, null);
        emptied.Count = 12;
        Components.Screen.Plain(words.Of(emptied).Title).ShouldBe("Anne Roy a vidé la corbeille : 12 billets supprimés pour de bon");
    }

    private static AdminNotice Notice(Screen screen, NoticeKind kind, string? detail, int? waiting) => new()
    {
        Kind = kind,
        CreatedAt = screen.At("2025-11-12 03:40"),
        LastAt = screen.At("2025-11-12 03:40"),
        Since = screen.At("2025-11-12 02:10"),
        Waiting = waiting,
        Detail = detail,
    };

    private static Screen Screen(string language)
    {
        var screen = new Screen(language);
        screen.Context.Services.AddOptions<NotifierOptions>();
        screen.Context.Services.AddScoped<NotificationWords>();
        screen.Context.Services.AddSingleton<EndpointWords>();
        screen.Context.Services.AddScoped<NoticeWords>();
        return screen;
    }
}
