using System.Net;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Overdue;

/// <summary>Who may call the cron route while its secret changes, and what is said of those who may not.</summary>
public sealed class CronSecretTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Fact]
    public async Task The_old_secret_opens_until_its_grace_period_ends()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Cron:PermitsPerMinute", "1000"));
        (await CallAsync(scene, "quoi que ce soit")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        var rotate = scene.Host.Service<RotateSecret>();

        var old = await rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.Cron, Value = "ancien" }, default);
        (await CallAsync(scene, old)).ShouldBe(HttpStatusCode.NotFound, "the run does not exist, but the door is open");
        var current = await rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.Cron, ReplacesId = await CurrentAsync(scene), Grace = TimeSpan.FromHours(1) }, default);

        foreach (var secret in new[] { old, current })
        {
            (await CallAsync(scene, secret)).ShouldBe(HttpStatusCode.NotFound);
        }

        scene.Clock.Advance(TimeSpan.FromHours(1));
        (await CallAsync(scene, old)).ShouldBe(HttpStatusCode.Unauthorized);
        (await CallAsync(scene, current)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_closes_the_route()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var secret = await scene.Host.Service<RotateSecret>().ExecuteAsync(Admin, new() { Purpose = SecretPurpose.Cron }, default);
        await scene.Database.ExecuteAsync("UPDATE stored_secrets SET protected_value = 'perdue'");
        scene.Host.Service<SecretVault>().Forget();

        (await CallAsync(scene, secret)).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_thousand_wrong_calls_are_six_answers_and_one_notice_without_what_was_presented()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Cron:Secrets:0", "le-bon"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => CallAsync(scene, $"mauvais-{number}", "/api/cron/check-overdue", HttpMethod.Post)));

        answers.Count(status => status == HttpStatusCode.Unauthorized).ShouldBe(6);
        answers.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(994);
        (await CallAsync(scene, "le-bon", "/api/cron/check-overdue", HttpMethod.Post)).ShouldBe(HttpStatusCode.TooManyRequests, "wrong calls count too");
        var notices = scene.Host.Service<AdminNotices>();

        // Written by the application itself, at most once a second.
        IReadOnlyList<AdminNotice> told;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((told = await notices.ListAsync(Admin, default)).Sum(notice => notice.Count) < 6)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        var notice = told.ShouldHaveSingleItem();
        (notice.Kind, notice.Count, notice.Detail).ShouldBe((NoticeKind.CronSecretRefused, 6, null));
        scene.Host.Logs.ShouldAllBe(line => !line.Contains("mauvais-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("")]
    public async Task A_header_of_ten_kilobytes_is_refused_like_any_other(string scheme)
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Cron:Secrets:0", "le-bon"));
        using var client = scene.Host.CreateAnonymousClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", scheme + new string('a', 10 * 1024));

        (await client.PostAsync("/api/cron/check-overdue", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<int?> CurrentAsync(NotifierScene scene) =>
        (await scene.Host.Service<SettingsQueries>().ReadAsync(Admin, default)).Cron.Current?.Id;

    private static async Task<HttpStatusCode> CallAsync(NotifierScene scene, string secret, string path = "/api/cron/runs/aucune", HttpMethod? method = null)
    {
        using var client = scene.Host.CreateAnonymousClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
