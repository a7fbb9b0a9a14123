using System.Globalization;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>Posts carry signatures that the receiver can verify, through a rotation too; none leaves unsigned by accident.</summary>
public sealed class SignedPostTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Fact]
    public async Task A_rotation_during_a_run_leaves_no_post_unsigned()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:MaxInFlight", "1"));
        var old = await RotateAsync(scene);
        scene.Receiver.Default = new Reply(Delay: TimeSpan.FromMilliseconds(10));
        await scene.Given.OverdueTickets(20);

        var run = scene.ScanAsync();
        await scene.Receiver.WaitForAsync(5);
        var current = await RotateAsync(scene);
        await run;

        var posts = scene.Receiver.Arrivals;
        posts.Count.ShouldBe(20);
        posts.ShouldAllBe(post => Signatures(post).Contains(Signed(post, old)), "the old secret is in its grace period");
        var firstOfBoth = posts.ToList().FindIndex(post => Signatures(post).Length == 2);
        firstOfBoth.ShouldBeInRange(5, 19);
        posts.Take(firstOfBoth).ShouldAllBe(post => Signatures(post).Length == 1);
        posts.Skip(firstOfBoth).ShouldAllBe(post => Signatures(post).SequenceEqual(new[] { Signed(post, current), Signed(post, old) }));
        (await scene.AttemptsAsync()).ShouldAllBe(attempt =>
            attempt.RequestHeaders!.Contains("\nwebhook-signature: v1,••••") && !attempt.RequestHeaders.Contains('='));
    }

    [Fact]
    public async Task Nothing_leaves_unsigned_when_the_keys_are_lost_and_a_rotation_sends_what_waited()
    {
        await using var scene = await NotifierScene.CreateAsync();
        await RotateAsync(scene);
        await scene.Database.ExecuteAsync("UPDATE stored_secrets SET protected_value = 'clé perdue'");
        scene.Host.Service<SecretVault>().Forget();

        var id = await scene.Host.Service<SendTest>().ExecuteAsync(Admin, default);
        await NoticedAsync(scene);
        scene.Receiver.Arrivals.ShouldBeEmpty();
        (await scene.NotificationsAsync()).ShouldHaveSingleItem().Status.ShouldBe(NotificationStatus.Pending);
        (await scene.Host.Service<DispatchQueries>().QueueAsync(default)).IsSecretUnreadable.ShouldBeTrue();

        var current = await RotateAsync(scene);
        await scene.NotificationAsync(id, row => row.Status == NotificationStatus.Delivered);
        var post = scene.Receiver.Arrivals.ShouldHaveSingleItem();
        Signatures(post).ShouldBe([Signed(post, current)]);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_signature()
    {
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.OverdueTicket();

        await scene.ScanAsync();

        scene.Receiver.Arrivals.ShouldHaveSingleItem().Headers.ContainsKey("webhook-signature").ShouldBeFalse();
    }

    [Fact]
    public async Task A_failed_test_is_over_after_its_only_attempt()
    {
        await using var scene = await NotifierScene.CreateAsync();
        scene.Receiver.Answer(503);

        var id = await scene.Host.Service<SendTest>().ExecuteAsync(Admin, default);

        var row = await scene.NotificationAsync(id, notification => notification.Status is NotificationStatus.Dead or NotificationStatus.Delivered);
        (row.Status, row.AttemptCount, row.Cause).ShouldBe((NotificationStatus.Dead, 1, NotificationCause.TestFailed));
    }

    private static async Task<string> RotateAsync(NotifierScene scene)
    {
        var current = (await scene.Host.Service<SettingsQueries>().ReadAsync(Admin, default)).Signing.Current?.Id;
        return await scene.Host.Service<RotateSecret>().ExecuteAsync(Admin, new() { Purpose = SecretPurpose.WebhookSigning, ReplacesId = current }, default);
    }

    /// <summary>The dispatcher has looked, and told what it found.</summary>
    private static async Task NoticedAsync(NotifierScene scene)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((await scene.Host.Service<AdminNotices>().ListAsync(Admin, default)).Count == 0)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string[] Signatures(Arrival post) => post.Headers["webhook-signature"].Split(' ');

    private static string Signed(Arrival post, string secret) => WebhookSignature.Of(
        [secret], post.WebhookId, long.Parse(post.Headers["webhook-timestamp"], CultureInfo.InvariantCulture), post.Body);
}
