using MaintenanceApp.Components;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Components;

/// <summary>The receiver's state in words: the same on the notifications, the overview and the operations page.</summary>
public sealed class EndpointWordsTests
{
    private static readonly EndpointState Well = new("https://connect.pabbly.com/x", null, null, null, Breaker.Closed);
    private static readonly DispatchBacklog Empty = new(0, 0, null, null, null, null, null, null);

    [Fact]
    public async Task Nothing_is_said_while_all_is_well()
    {
        await using var screen = Screen("fr-CA");
        screen.Service<EndpointWords>().Of(Well, Empty).ShouldBeNull();
        screen.Service<EndpointWords>().Of(Well, Empty with { Waiting = 3, OldestAt = screen.At("2025-11-12 14:30") }).ShouldBeNull("a queue that moves is no trouble");
    }

    [Theory]
    [InlineData("fr-CA", "connect.pabbly.com ne répond plus depuis 13 h 02", "7 échecs de suite. 14 notifications attendent, la plus ancienne depuis hier 23 h 40. Rien n’est perdu.")]
    [InlineData("en-CA", "connect.pabbly.com has not answered since 1:02 p.m.", "7 failures in a row. 14 notifications are waiting, the oldest since yesterday 11:40 p.m. Nothing is lost.")]
    public async Task An_open_breaker_says_since_when_how_often_and_what_waits(string language, string title, string text)
    {
        await using var screen = Screen(language);
        var now = screen.Clock.Now;
        var state = Well with { Breaker = new(7, screen.At("2025-11-12 13:05"), now.AddMinutes(4), TimeSpan.FromMinutes(8)) };
        var queue = Empty with { Waiting = 14, Retrying = 6, OldestAt = screen.At("2025-11-11 23:40"), FailingSince = screen.At("2025-11-12 13:02"), LastOutcome = AttemptOutcome.Timeout };

        var situation = screen.Service<EndpointWords>().Of(state, queue).ShouldNotBeNull();

        situation.Trouble.ShouldBe(EndpointTrouble.Down);
        Normal(situation.Title).ShouldBe(Normal(title));
        Normal(situation.Text).ShouldBe(Normal(text));
        situation.NextAt.ShouldBe(now.AddMinutes(4));

        static string Normal(string words) => Components.Screen.Plain(words).Replace("1:02 p.m.", "13:02", StringComparison.Ordinal).Replace("11:40 p.m.", "23:40.", StringComparison.Ordinal).Replace("23:40..", "23:40.", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gravest_state_wins_and_an_answer_is_named()
    {
        await using var screen = Screen("fr-CA");
        var words = screen.Service<EndpointWords>();
        var now = screen.Clock.Now;
        var down = Well with { Breaker = new(5, now, now.AddSeconds(60), TimeSpan.FromSeconds(60)) };
        var queue = Empty with { Waiting = 1, OldestAt = now, Retrying = 1, FailingSince = now, LastStatus = 503, LastOutcome = AttemptOutcome.ServerError };

        words.Of(down, queue)!.Title.ShouldContain("répond HTTP\u00a0503");
        words.Of(Well, queue)!.Trouble.ShouldBe(EndpointTrouble.Failing);
        words.Of(down with { HeldUntil = now.AddHours(1) }, queue)!.Trouble.ShouldBe(EndpointTrouble.Held);
        words.Of(down with { HeldUntil = now.AddHours(1) }, queue with { IsSecretUnreadable = true })!.Trouble.ShouldBe(EndpointTrouble.SecretUnreadable);
        words.Of(down with { HeldUntil = now.AddHours(1), PausedAt = now }, queue)!.Trouble.ShouldBe(EndpointTrouble.Paused);
        words.Of(down with { PausedAt = now, DisabledAt = now }, queue)!.Trouble.ShouldBe(EndpointTrouble.Disabled);
        words.Of(down with { Url = null }, queue)!.Trouble.ShouldBe(EndpointTrouble.NoUrl);
    }

    private static Screen Screen(string language)
    {
        var screen = new Screen(language);
        screen.Context.Services.AddSingleton<EndpointWords>();
        return screen;
    }
}
