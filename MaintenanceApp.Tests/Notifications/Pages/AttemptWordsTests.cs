using Bunit;
using MaintenanceApp.Notifications;
using MaintenanceApp.Notifications.Pages;
using MaintenanceApp.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Notifications.Pages;

/// <summary>What happened to an attempt, said in the language of the screen from its class, its phase and its status.</summary>
public sealed class AttemptWordsTests
{
    private static readonly AttemptPhases Answered = new(3, 12, 40, 357);

    private static AttemptRow Attempt => new(
        1, new DateTime(2025, 11, 12, 9, 23, 41, DateTimeKind.Utc), 412, AttemptOutcome.Accepted, 200, null, null, null, null, null, "https://x/••••••••", "203.0.113.7:443", Answered, false);

    [Theory]
    [InlineData("fr-CA")]
    [InlineData("en-CA")]
    public async Task Every_outcome_has_a_sentence_with_and_without_an_answer(string language)
    {
        await using var screen = Screen(language);
        var words = screen.Service<NotificationWords>();
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            foreach (var status in new int?[] { null, 418 })
            {
                var sentence = words.Explain(Attempt with { Outcome = outcome, ResponseStatus = status, Phases = new(3, 12, null, null) });
                sentence.ShouldEndWith(".", customMessage: $"{outcome}");
                sentence.ShouldNotContain("Explain");
                sentence.ShouldNotContain("Answered");
            }

            words.Outcome(outcome).ShouldNotBe($"Outcome{outcome}");
        }
    }

    [Theory]
    [InlineData(AttemptOutcome.ServerError, 503, "HTTP 503 : panne chez le récepteur.", "HTTP 503: the receiver is in trouble.")]
    [InlineData(AttemptOutcome.Timeout, 408, "HTTP 408 : le récepteur n’était pas prêt et demande de réessayer.", "HTTP 408: the receiver was not ready and asks to try again.")]
    [InlineData(AttemptOutcome.BlockedAddress, null, "L’adresse mène à l’intérieur du réseau : refusée par sécurité, rien n’est parti.", "The address leads inside the network: refused for safety, nothing was sent.")]
    [InlineData(AttemptOutcome.Cancelled, null, "Arrêtée juste avant l’envoi. Rien n’est parti.", "Stopped just before sending. Nothing was sent.")]
    public async Task The_stored_french_cause_is_not_the_sentence(AttemptOutcome outcome, int? status, string french, string english)
    {
        foreach (var (language, expected) in new[] { ("fr-CA", french), ("en-CA", english) })
        {
            await using var screen = Screen(language);
            var sentence = screen.Service<NotificationWords>().Explain(Attempt with { Outcome = outcome, ResponseStatus = status, Error = "Texte stocké" });
            Components.Screen.Plain(sentence).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_timeout_says_how_far_it_came()
    {
        await using var screen = Screen("fr-CA");
        string Of(AttemptOutcome outcome, AttemptPhases phases) => screen.Service<NotificationWords>().Explain(Attempt with { Outcome = outcome, ResponseStatus = null, Phases = phases });

        Of(AttemptOutcome.Timeout, new(3, 12, null, null)).ShouldStartWith("Le récepteur n’a pas terminé la négociation TLS");
        Of(AttemptOutcome.Timeout, new(3, 12, 40, null)).ShouldStartWith("Connecté, mais aucune réponse");
        Of(AttemptOutcome.Reset, new(3, 12, null, null)).ShouldContain("pendant la négociation TLS");
        Of(AttemptOutcome.Reset, new(3, 12, 40, null)).ShouldContain("peut-être");
    }

    [Fact]
    public void The_time_of_an_attempt_is_cut_into_its_phases_and_what_is_left()
    {
        AttemptTime.Of(Attempt).Select(time => (time.Name, time.Milliseconds)).ShouldBe([("Dns", 3), ("Connect", 12), ("Tls", 40), ("Wait", 357)]);
        AttemptTime.Of(Attempt with { DurationMs = 20_000, Phases = new(3, 12, null, null) }).Select(time => (time.Name, time.Milliseconds))
            .ShouldBe([("Dns", 3), ("Connect", 12), ("Rest", 19_985)]);
        AttemptTime.Of(Attempt with { DurationMs = 0, Phases = new(null, null, null, null) }).ShouldHaveSingleItem().Name.ShouldBe("Rest");
        AttemptTime.Of(Attempt with { DurationMs = null }).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_chosen_attempt_shows_phases_address_probe_and_the_stored_cause_as_a_detail()
    {
        await using var screen = Screen("en-CA");
        var facts = screen.Context.Render<AttemptFacts>(parameters => parameters
            .Add(x => x.Attempt, Attempt with { Outcome = AttemptOutcome.Timeout, ResponseStatus = null, IsProbe = true, Error = "no_answer: 20", Phases = new(3, 12, 40, null) }));

        var text = Components.Screen.Plain(facts.Markup);
        foreach (var words in new[] { "Connected, but no answer in time", "probe", "DNS", "12 ms", "203.0.113.7:443", "Technical detail", "No answer within 20 s" })
        {
            text.ShouldContain(words);
        }

        var bar = screen.Context.Render<PhaseBar>(parameters => parameters.Add(x => x.Attempt, Attempt)).Find("[role=img]");
        Components.Screen.Plain(bar.GetAttribute("aria-label")!).ShouldBe("Time by step: DNS 3 ms, connection 12 ms, TLS 40 ms, first byte 357 ms, total 412 ms");
    }

    private static Screen Screen(string language)
    {
        var screen = new Screen(language);
        screen.Context.Services.AddOptions<NotifierOptions>();
        screen.Context.Services.AddScoped<NotificationWords>();
        return screen;
    }
}
