using Bunit;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Operations.Pages;
using MaintenanceApp.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Operations.Pages;

/// <summary>The tiles of the operations page tell the truth: a green tick is proof, and a pause is called one.</summary>
public sealed class HealthStripTests
{
    private static readonly EndpointState Ready = new("https://recepteur.invalid/hook", null, null, null, Breaker.Closed);

    private static readonly DispatchBacklog Quiet = new(0, 0, null, null, null, null, 200, AttemptOutcome.Accepted);

    [Theory]
    [InlineData(200, AttemptOutcome.Accepted, "ok", "HTTP 200")]
    [InlineData(503, AttemptOutcome.ServerError, "warn", "HTTP 503")]
    [InlineData(null, AttemptOutcome.Timeout, "warn", "sans réponse")]
    [InlineData(null, null, "", "aucune")]
    public async Task Only_an_accepted_post_is_a_green_answer(int? status, AttemptOutcome? outcome, string look, string words)
    {
        await using var screen = Screen();
        var tile = Tile(screen, "Dernière réponse", Ready, Quiet with { LastStatus = status, LastOutcome = outcome });

        tile.ClassName.ShouldBe(look);
        Components.Screen.Plain(tile.TextContent).ShouldContain(words);
    }

    [Fact]
    public async Task A_queue_that_waits_has_no_tick_and_one_that_waits_for_an_hour_wants_somebody()
    {
        await using var screen = Screen();
        var now = screen.Clock.Now;

        Tile(screen, "File d’attente", Ready, Quiet).ClassName.ShouldBe("ok");
        Tile(screen, "File d’attente", Ready, Quiet with { Waiting = 3, OldestAt = now.AddMinutes(-1) }).ClassName.ShouldBeNullOrEmpty();
        Tile(screen, "File d’attente", Ready, Quiet with { Waiting = 3, OldestAt = now.AddMinutes(-61) }).ClassName.ShouldBe("warn");
    }

    [Fact]
    public async Task A_pause_made_by_a_person_is_called_that()
    {
        await using var screen = Screen();
        var now = screen.Clock.Now;

        var sending = Tile(screen, "Point d’envoi", Ready with { PausedAt = now, PausedBy = "Anne Roy" }, Quiet);
        (sending.ClassName, sending.TextContent.Contains("En pause, par Anne Roy", StringComparison.Ordinal)).ShouldBe(("", true));
        var scan = Tile(screen, "Vérificateur", Ready, Quiet, new JobPause { Job = JobNames.ScanOverdue, PausedAt = now, PausedBy = 1, PausedByName = "Anne Roy" });
        (scan.ClassName, scan.TextContent.Contains("En pause, par Anne Roy", StringComparison.Ordinal)).ShouldBe(("", true));
    }

    [Fact]
    public async Task Late_tickets_are_those_of_every_screen_with_how_many_notify()
    {
        await using var screen = Screen();
        Tile(screen, "Billets en retard", Ready, Quiet).TextContent.ShouldContain("12 en retard, dont 5 notifiables");
    }

    [Theory]
    [InlineData(-5, null, null, 0)]
    [InlineData(5, null, null, 5)]
    [InlineData(-5, 20, null, 20)]
    [InlineData(-5, null, 12, 12)]
    public void The_next_send_is_never_in_the_past(int attempt, int? held, int? probe, int expected)
    {
        var now = new DateTime(2025, 11, 12, 19, 32, 0, DateTimeKind.Utc);
        var breaker = probe is { } minutes ? new Breaker(5, now.AddHours(-1), now.AddMinutes(minutes), TimeSpan.FromMinutes(1)) : Breaker.Closed;
        var endpoint = new EndpointHealth(Ready with { HeldUntil = held is { } wait ? now.AddMinutes(wait) : null, Breaker = breaker }, Quiet with { Waiting = 1, NextAttemptAt = now.AddMinutes(attempt) }, held > 0);

        endpoint.NextSendAt(now).ShouldBe(now.AddMinutes(expected));
        (endpoint with { Backlog = Quiet }).NextSendAt(now).ShouldBeNull();
    }

    private static Screen Screen()
    {
        var screen = new Screen();
        screen.Context.Services.AddSingleton<EndpointWords>();
        return screen;
    }

    private static AngleSharp.Dom.IElement Tile(Screen screen, string name, EndpointState state, DispatchBacklog queue, JobPause? pause = null)
    {
        var now = screen.Clock.Now;
        var system = new SystemState(
            new DatabaseHealth(DatabaseProvider.Sqlite, 1 << 20, TimeSpan.FromMilliseconds(1), 0),
            new ScanHealth(now.AddMinutes(-1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)),
            new EndpointHealth(state, queue, false),
            new SendingHealth(0),
            new DiskHealth(1L << 40),
            new ProcessHealth("1.0.0", now.AddHours(-1), 1 << 28),
            (12, 5));
        var strip = screen.Context.Render<HealthStrip>(parameters => parameters.Add(x => x.System, system).Add(x => x.Late, system.Late).Add(x => x.ScanPause, pause));
        return strip.FindAll("li").Single(tile => tile.QuerySelector("b")!.TextContent == name);
    }
}
