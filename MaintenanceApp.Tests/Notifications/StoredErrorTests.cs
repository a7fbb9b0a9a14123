using Bunit;
using MaintenanceApp.Notifications;
using MaintenanceApp.Notifications.Pages;
using MaintenanceApp.Operations;
using MaintenanceApp.Operations.Pages;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Components;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>What is stored is a code and its values: each screen says it in its own language, the routes in French.</summary>
public sealed class StoredErrorTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory]
    [InlineData("fr-CA", "Connexion impossible : Connection refused")]
    [InlineData("en-CA", "Could not connect: Connection refused")]
    public async Task The_error_of_an_attempt_is_said_in_the_language_of_the_screen(string language, string expected)
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Webhook:Url", "http://127.0.0.1:9/crochet"));
        await scene.Given.OverdueTicket();
        var summary = await scene.ScanAsync();
        var id = (await scene.NotificationsAsync())[0].Id;
        var detail = (await scene.Host.Service<NotificationQueries>().FindAsync(id, Admin, CancellationToken.None))!;
        (await scene.AttemptsAsync())[0].Error!.ShouldNotContain("Connexion");
        summary.Errors!.ShouldHaveSingleItem().Error.ShouldStartWith("Connexion impossible : Connection refused", customMessage: "routes speak French");

        await using var screen = Screen(language);
        Components.Screen.Plain(screen.Context.Render<AttemptFacts>(parameters => parameters.Add(x => x.Attempt, detail.Attempts[0])).Markup).ShouldContain(expected);
        Components.Screen.Plain(screen.Context.Render<TestOutcome>(parameters => parameters
            .Add(x => x.Test, detail with { Row = detail.Row with { Status = NotificationStatus.Dead } })).Markup).ShouldContain(expected);
        var table = screen.Context.Render<NotificationTable>(parameters => parameters.Add(x => x.Rows, [detail.Row]));
        await table.Find("[aria-expanded]").ClickAsync(new());
        Components.Screen.Plain(table.Markup).ShouldContain(expected);
    }

    [Theory]
    [InlineData("fr-CA", "Le processus s’est arrêté avant la fin")]
    [InlineData("en-CA", "The process stopped before the end")]
    public async Task A_run_that_was_cut_off_is_said_in_the_language_of_the_screen(string language, string expected)
    {
        await using var scene = await NotifierScene.CreateAsync();
        await using (var db = scene.Database.CreateDbContext())
        {
            db.Add(new ScanRun { Id = "run_coupé", State = ScanRunState.Running, RequestedAt = scene.Clock.Now.AddHours(-1), StartedAt = scene.Clock.Now.AddHours(-1) });
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        await scene.ScanAsync();
        await using var read = scene.Database.CreateDbContext();
        (await read.ScanRuns.SingleAsync(run => run.Id == "run_coupé", Xunit.TestContext.Current.CancellationToken)).Error!.ShouldNotContain(" ");
        (await scene.Host.Service<ScanRunQueries>().FindAsync("run_coupé", CancellationToken.None))!.Error.ShouldBe("Le processus s’est arrêté avant la fin");
        var rows = await scene.Host.Service<RunQueries>().ListAsync("run_coupé", 1, 10, CancellationToken.None);

        await using var screen = Screen(language);
        screen.Context.Render<RunTable>(parameters => parameters.Add(x => x.Rows, rows.Rows)).Markup.ShouldContain(expected);
    }

    /// <summary>Rows written before stay readable, and in the language of the screen where it is one of our own sentences.</summary>
    [Theory]
    [InlineData("Aucune réponse en 20 s", "No answer within 20 s")]
    [InlineData("Connexion TLS refusée : The remote certificate is invalid", "TLS connection refused: The remote certificate is invalid")]
    [InlineData("Adresse interne refusée : hôte → 10.0.0.1", "Inner address refused: hôte → 10.0.0.1")]
    [InlineData("HTTP 503 Service Unavailable", "HTTP 503 Service Unavailable")]
    [InlineData("Erreur d’une autre époque : « ? »", "Erreur d’une autre époque : « ? »")]
    public async Task A_sentence_stored_by_an_older_version_stays_readable(string stored, string english)
    {
        await using var screen = Screen("en-CA");
        var attempt = new AttemptRow(
            1, screen.Clock.Now, 20_000, AttemptOutcome.Timeout, null, stored, null, null, null, null, "https://x/••••••••", null, new(null, null, null, null), false);
        Components.Screen.Plain(screen.Context.Render<AttemptFacts>(parameters => parameters.Add(x => x.Attempt, attempt)).Find(".technical .id").TextContent).ShouldBe(english);
    }

    private static Screen Screen(string language)
    {
        var screen = new Screen(language);
        screen.Context.Services.AddOptions<NotifierOptions>();
        screen.Context.Services.AddScoped<NotificationWords>();
        return screen;
    }
}
