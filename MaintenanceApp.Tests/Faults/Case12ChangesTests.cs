using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 12, the part in one process: the ticket, the URL or the secret changes in mid-run; a resend meets a retry.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "12")]
public sealed class Case12ChangesTests(ITestOutputHelper output)
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    /// <summary>Each change of a ticket and the reason its notification is cancelled with.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "status = 'completed'", NotificationCause.AlreadyStarted },
        { "status = 'in_progress'", NotificationCause.AlreadyStarted },
        { "scheduled_date = '2099-01-01 00:00:00'", NotificationCause.NoLongerOverdue },
        { "scheduled_date = NULL", NotificationCause.NotPlanned },
        { "assigned_to = NULL", NotificationCause.NotAssigned },
        { "deleted_at = '2025-11-12 09:00:00'", NotificationCause.Trashed },
        { "snoozed_until = '2099-01-01 00:00:00'", NotificationCause.Snoozed },
    };

    /// <summary>Claimed, attempt on record, connecting: the last moment at which a change can still count.</summary>
    [Theory(Explicit = true), MemberData(nameof(Changes))]
    public async Task A_ticket_that_changes_between_claim_and_send_is_not_sent(string change, string cause)
    {
        using var busy = await BusyListener.StartAsync();
        await using var scene = await NotifierScene.CreateAsync(settings: ("Webhook:Url", busy.Url));
        await scene.Given.OverdueTicket();
        var scan = scene.ScanAsync();
        var claimed = await FirstAsync(scene, row => row.Status == NotificationStatus.Sending);

        await scene.Database.ExecuteAsync("UPDATE tickets SET " + change);
        busy.Relent();
        var ended = await scene.NotificationAsync(claimed.Id, row => row.Status is not (NotificationStatus.Sending or NotificationStatus.Pending));
        await scan;

        (ended.Status, ended.Cause).ShouldBe((NotificationStatus.Cancelled, cause));
        (await scene.AttemptsAsync()).ShouldHaveSingleItem().Outcome.ShouldBe(AttemptOutcome.Cancelled);
        (await busy.BytesOfCallersAsync()).ShouldBe(0);
        output.WriteLine($"cancelled ({cause}), 0 bytes");
    }

    [Theory(Explicit = true), MemberData(nameof(Changes))]
    public async Task A_ticket_that_changes_between_retries_is_not_sent_again(string change, string cause)
    {
        await using var scene = await NotifierScene.CreateAsync();
        scene.Receiver.Answer(503);
        await scene.Given.OverdueTicket();
        await scene.ScanAsync();
        var waiting = (await scene.NotificationsAsync()).ShouldHaveSingleItem();

        await scene.Database.ExecuteAsync("UPDATE tickets SET " + change);
        scene.Clock.Now = waiting.NextAttemptAt!.Value;
        scene.Host.Service<NotificationDispatcher>().Wake();
        var ended = await scene.NotificationAsync(waiting.Id, row => row.Status != NotificationStatus.Pending);

        (ended.Status, ended.Cause).ShouldBe((NotificationStatus.Cancelled, cause));
        scene.Receiver.Arrivals.Count.ShouldBe(1);
        output.WriteLine($"cancelled ({cause}), no second post");
    }

    [Fact(Explicit = true)]
    public async Task A_new_URL_gets_what_waits_and_what_the_old_one_let_die()
    {
        await using var next = await WebhookReceiver.StartAsync();
        await using var scene = await NotifierScene.CreateAsync(settings: ("Webhook:Url", ""));
        var setUrl = scene.Host.Service<SetWebhookUrl>();
        await setUrl.ExecuteAsync(Admin, scene.Receiver.Url, default);
        string[] numbers = ["PRIS-1", "PRIS-2", "REFUSE-1", "REFUSE-2", "ATTEND-1"];
        foreach (var number in numbers)
        {
            await scene.Given.OverdueTicket(ticketId: number);
        }

        scene.Receiver.Decides = post => new Reply(post.TicketId.StartsWith("PRIS", StringComparison.Ordinal) ? 200 : post.TicketId.StartsWith("REFUSE", StringComparison.Ordinal) ? 404 : 503);
        await scene.ScanAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            // Thirty minutes and four hours later they are refused again, and dead.
            scene.Clock.Advance(TimeSpan.FromHours(4));
            scene.Host.Service<NotificationDispatcher>().Wake();
            foreach (var row in await scene.NotificationsAsync())
            {
                await scene.NotificationAsync(row.Id, now => now.Status is not NotificationStatus.Sending && !(now.NextAttemptAt <= scene.Clock.Now && now.Status == NotificationStatus.Pending));
            }
        }

        (await scene.NotificationsAsync()).Select(row => row.Status).ShouldBe(
            [NotificationStatus.Delivered, NotificationStatus.Delivered, NotificationStatus.Dead, NotificationStatus.Dead, NotificationStatus.Pending]);
        var old = scene.Receiver.Arrivals.Count;

        await setUrl.ExecuteAsync(Admin, next.Url, default);
        scene.Clock.Advance(TimeSpan.FromHours(4));
        await scene.ScanAsync();
        await next.WaitForAsync(3);
        foreach (var row in await scene.NotificationsAsync())
        {
            await scene.NotificationAsync(row.Id, now => now.Status is NotificationStatus.Delivered or NotificationStatus.Dead);
        }

        next.Arrivals.Select(post => post.TicketId).Order().ShouldBe(["ATTEND-1", "REFUSE-1", "REFUSE-2"]);
        scene.Receiver.Arrivals.Count.ShouldBe(old, "the old URL gets nothing more");
        await new Invariants(scene.Database, scene.Receiver.Arrivals.Concat(next.Arrivals)) { Now = scene.Clock.Now }.HoldAsync();
        output.WriteLine("the waiting one and two dead ones went to the new URL, nothing more to the old one");
    }

    [Fact(Explicit = true)]
    public async Task A_resend_that_meets_an_automatic_retry_gives_at_most_one_post_each()
    {
        const int Rounds = 20;
        await using var scene = await NotifierScene.CreateAsync();
        var resend = scene.Host.Service<ResendNotification>();
        var random = new Random(12);
        for (var round = 0; round < Rounds; round++)
        {
            scene.Receiver.Answer(503);
            await scene.Given.OverdueTicket(ticketId: $"RENCONTRE-{round}");
            await scene.ScanAsync();
            var waiting = (await scene.NotificationsAsync())[^1];
            scene.Clock.Now = waiting.NextAttemptAt!.Value;
            scene.Host.Service<NotificationDispatcher>().Wake();
            await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
            await Task.WhenAll(Task.Run(() => resend.ExecuteAsync(Admin, waiting.Id, default)), Task.Run(() => resend.ExecuteAsync(Admin, waiting.Id, default)));
            foreach (var row in await scene.NotificationsAsync())
            {
                await scene.NotificationAsync(row.Id, ended => ended.Status is NotificationStatus.Delivered or NotificationStatus.Cancelled);
            }
        }

        var rows = (await scene.NotificationsAsync()).ToLookup(row => row.TicketId);
        rows.Count.ShouldBe(Rounds);
        rows.ShouldAllBe(ticket => ticket.Count() == 2 && ticket.Last().Trigger == NotificationTrigger.Resend && ticket.Last().Status == NotificationStatus.Delivered);
        await new Invariants(scene.Database, scene.Receiver.Arrivals) { Now = scene.Clock.Now }.HoldAsync();
        var first = rows.Count(ticket => ticket.First().Status == NotificationStatus.Delivered);
        output.WriteLine($"{Rounds} meetings, two clicks each: one resend each; the retry was first {first} times and gave way {Rounds - first} times");
    }

    [Fact(Explicit = true)]
    public async Task A_signing_secret_rotated_in_mid_run_leaves_no_post_that_either_side_cannot_verify()
    {
        const int Posts = 40;
        await using var scene = await NotifierScene.CreateAsync(settings: [("Notifier:SendInterval", "00:00:00.020"), ("Notifier:MaxInFlight", "2")]);
        var rotate = scene.Host.Service<RotateSecret>();
        var first = await rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.WebhookSigning }, default);
        await using var db = scene.Database.CreateDbContext();
        var id = await db.StoredSecrets.Select(secret => secret.Id).SingleAsync(TestContext.Current.CancellationToken);
        await scene.Given.OverdueTickets(Posts);

        var scan = scene.ScanAsync();
        await scene.Receiver.WaitForAsync(10);
        var second = await rotate.ExecuteAsync(Admin, new() { Purpose = SecretPurpose.WebhookSigning, ReplacesId = id }, default);
        await scan;

        var posts = scene.Receiver.Arrivals;
        posts.Count.ShouldBe(Posts);
        posts.ShouldAllBe(post => Verifies(post, first), "the receiver that knows only the old one verifies every post of the grace period");
        var both = posts.Count(post => Verifies(post, second));
        both.ShouldBeInRange(1, Posts - 10);
        posts.TakeLast(both).ShouldAllBe(post => Verifies(post, second));
        output.WriteLine($"{Posts} posts, {both} of them after the rotation with both signatures; every one verifies with the old secret, the last {both} with the new one");
    }

    private static bool Verifies(Arrival post, string secret) => post.Headers[WebhookSignature.HeaderName].Split(' ')
        .Contains(WebhookSignature.Of([secret], post.WebhookId, long.Parse(post.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture), post.Body));

    private static async Task<WebhookNotification> FirstAsync(NotifierScene scene, Func<WebhookNotification, bool> isAsAwaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await tick.WaitForNextTickAsync(limit.Token))
        {
            if ((await scene.NotificationsAsync()).FirstOrDefault(isAsAwaited) is { } row)
            {
                return row;
            }
        }

        throw new TimeoutException();
    }
}
