using System.Globalization;
using System.Text.Json.Nodes;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Tests.Faults;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>One row that cannot be prepared steps aside; what is behind it leaves.</summary>
public sealed class StepAsideTests
{
    /// <summary>Its ticket cannot be read; on SQLite.</summary>
    private const string BrokenTicket = "UPDATE tickets SET snoozed_until = '-' WHERE id = {1}";

    /// <summary>What the application itself never writes and a restored, imported or hand-mended database may hold; {0} is the notification, {1} its ticket.</summary>
    [Theory]
    [BothDatabases("UPDATE webhook_notifications SET trigger = 'by_hand' WHERE id = {0}")]
    [BothDatabases("UPDATE webhook_notifications SET webhook_id = NULL WHERE id = {0}")]
    [BothDatabases("UPDATE webhook_notifications SET webhook_id = 'msg_é' WHERE id = {0}")]
    [BothDatabases("INSERT INTO webhook_attempts (notification_id, number, started_at, outcome) VALUES ({0}, 1, '2025-11-11 00:00:00', 'connect')")]
    [BothDatabases("UPDATE tickets SET snoozed_until = '0001-01-01 00:00:00 BC' WHERE id = {1}")]
    public async Task A_row_that_cannot_be_prepared_steps_aside_for_an_hour_and_the_next_leaves(DatabaseProvider provider, string change)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var (broken, next) = await GivenAsync(scene, change);

        (await scene.NotificationAsync(next.Id, row => row.Status == NotificationStatus.Delivered)).AttemptCount.ShouldBe(1);

        await using var db = scene.Database.CreateDbContext();
        var kept = await db.WebhookNotifications.Where(row => row.Id == broken.Id)
            .Select(row => new { row.Status, row.NextAttemptAt, row.AttemptCount, row.AsideCount, row.AsideError }).SingleAsync();
        (kept.Status, kept.AttemptCount, kept.AsideCount).ShouldBe((NotificationStatus.Pending, 0, 1));
        kept.NextAttemptAt.ShouldBe(scene.Clock.Now.AddHours(1));
        kept.AsideError.ShouldNotBeNull().ShouldContain("xception: ");
        scene.Receiver.Arrivals.ShouldHaveSingleItem().TicketId.ShouldNotBe(broken.TicketNumber);
        var notice = await db.AdminNotices.SingleAsync();
        (notice.Kind, notice.Detail, notice.Count).ShouldBe((NoticeKind.CannotBePrepared, broken.Id.ToString(CultureInfo.InvariantCulture), 1));
        await SaysAsync(scene, "database", "healthy", "Répond, à jour");
        await SaysAsync(scene, "sending", "degraded", "1 notification ne peut pas être préparée et attend de côté ; les autres partent");
    }

    [Fact]
    public async Task It_is_looked_at_once_an_hour_told_once_and_dead_in_the_end_with_the_cause()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var (broken, _) = await GivenAsync(scene, BrokenTicket);
        for (var look = 1; look < StepAside.Most; look++)
        {
            var aside = await scene.NotificationAsync(broken.Id, row => row.AsideCount == look);
            (aside.Status, aside.NextAttemptAt).ShouldBe((NotificationStatus.Pending, scene.Clock.Now + StepAside.Wait));
            scene.Clock.Now = aside.NextAttemptAt!.Value;
            scene.Host.Service<NotificationDispatcher>().Wake();
        }

        var dead = await scene.NotificationAsync(broken.Id, row => row.Status != NotificationStatus.Pending);
        (dead.Status, dead.Cause, dead.NextAttemptAt, dead.AttemptCount).ShouldBe((NotificationStatus.Dead, NotificationCause.CannotBePrepared, null, 0));
        (await scene.AttemptsAsync()).ShouldNotContain(attempt => attempt.NotificationId == broken.Id, "no request was made");
        await using var db = scene.Database.CreateDbContext();
        (await db.AdminNotices.SingleAsync()).Count.ShouldBe(1, "told once");
        await SaysAsync(scene, "sending", "healthy", "Rien n’est mis de côté");
        scene.Receiver.Arrivals.Count.ShouldBe(1, "the other one");
    }

    [Fact]
    public async Task Mended_data_leave_at_the_next_look_once_with_the_same_id()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var (broken, _) = await GivenAsync(scene, BrokenTicket);
        var aside = await scene.NotificationAsync(broken.Id, row => row.AsideCount == 1);

        await scene.Database.ExecuteAsync("UPDATE tickets SET snoozed_until = NULL");
        scene.Clock.Now = aside.NextAttemptAt!.Value;
        scene.Host.Service<NotificationDispatcher>().Wake();

        var delivered = await scene.NotificationAsync(broken.Id, row => row.Status == NotificationStatus.Delivered);
        (delivered.AttemptCount, delivered.AsideCount, delivered.AsideError, delivered.WebhookId).ShouldBe((1, 0, null, aside.WebhookId));
        scene.Receiver.Arrivals.Count(post => post.WebhookId == aside.WebhookId).ShouldBe(1);
    }

    [Fact]
    public async Task Many_at_once_are_one_notice_with_their_number()
    {
        await using var scene = await NotifierScene.CreateAsync();
        foreach (var ticket in await scene.Given.OverdueTickets(3))
        {
            await scene.Database.ExecuteAsync("UPDATE tickets SET created_at = 'hier' WHERE id = " + ticket.Id.ToString(CultureInfo.InvariantCulture));
        }

        var summary = await scene.ScanAsync();

        summary.Errors!.Select(error => error.Error).ShouldBe(Enumerable.Repeat("Notification impossible à préparer", 3));
        (await scene.NotificationsAsync()).ShouldAllBe(row => row.AsideCount == 1);
        await using var db = scene.Database.CreateDbContext();
        (await db.AdminNotices.SingleAsync()).Count.ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task A_database_that_fails_while_preparing_is_trouble_of_the_database_and_nobody_steps_aside(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        await scene.Database.ExecuteAsync("ALTER TABLE users RENAME TO hidden");
        var (first, second) = await GivenAsync(scene, "SELECT 1");
        await EventuallyAsync(() => scene.Host.Service<NotifierTrouble>().OfStorage is not null);

        (await scene.Host.Service<SystemQueries>().DatabaseAsync(default)).TroubleSince.ShouldNotBeNull();
        (await scene.NotificationsAsync()).ShouldAllBe(row => row.AsideCount == 0 && row.Status == NotificationStatus.Pending && row.NextAttemptAt <= scene.Clock.Now);
        await scene.Database.ExecuteAsync("ALTER TABLE hidden RENAME TO users");

        foreach (var id in new[] { first.Id, second.Id })
        {
            (await scene.NotificationAsync(id, row => row.Status == NotificationStatus.Delivered)).AsideCount.ShouldBe(0);
        }

        scene.Receiver.Arrivals.Count.ShouldBe(2);
        scene.Host.Service<NotifierTrouble>().OfStorage.ShouldBeNull();
    }

    /// <summary>Claimed, attempt on record, connecting; then its data break.</summary>
    [Fact]
    public async Task A_row_that_breaks_between_claim_and_first_byte_is_not_the_receivers_fault()
    {
        using var busy = await BusyListener.StartAsync();
        await using var scene = await NotifierScene.CreateAsync(settings: ("Webhook:Url", busy.Url));
        await scene.Given.OverdueTicket();
        var scan = scene.ScanAsync();
        await EventuallyAsync(async () => (await scene.NotificationsAsync()).Any(row => row.Status == NotificationStatus.Sending));

        await scene.Database.ExecuteAsync("UPDATE tickets SET created_at = 'hier'");
        busy.Relent();
        var claimed = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        var aside = await scene.NotificationAsync(claimed.Id, row => row.AsideCount == 1);
        await scan;

        (aside.Status, aside.NextAttemptAt).ShouldBe((NotificationStatus.Pending, scene.Clock.Now + StepAside.Wait));
        (await scene.AttemptsAsync()).ShouldHaveSingleItem().Outcome.ShouldBe(AttemptOutcome.Cancelled);
        (await scene.Host.Service<CurrentEndpoint>().ReadAsync(default)).Breaker.FailuresInARow.ShouldBe(0);
        (await busy.BytesOfCallersAsync()).ShouldBe(0);
        await using var db = scene.Database.CreateDbContext();
        (await db.AdminNotices.SingleAsync()).Kind.ShouldBe(NoticeKind.CannotBePrepared);
    }

    [Fact]
    public void What_concerns_one_row_is_told_from_what_concerns_the_database()
    {
        NotifierTrouble.IsStorage(new DbUpdateException("", new SqliteException("locked", 5))).ShouldBeTrue();
        NotifierTrouble.IsStorage(new InvalidOperationException("transient", new TimeoutException())).ShouldBeTrue();
        NotifierTrouble.IsStorage(new DbUpdateException("", new SqliteException("constraint", 19))).ShouldBeFalse();
        NotifierTrouble.IsStorage(new PostgresException("value", "ERROR", "ERROR", "22021")).ShouldBeFalse();
        NotifierTrouble.IsStorage(new PostgresException("shutdown", "FATAL", "FATAL", "57P01")).ShouldBeTrue();
        NotifierTrouble.IsStorage(new FormatException()).ShouldBeFalse();
    }

    private static async Task SaysAsync(NotifierScene scene, string check, string status, string description)
    {
        using var client = scene.Host.CreateAnonymousClient();
        using var answer = await client.GetAsync("/health/ready");
        var found = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["checks"]![check]!;
        ((string?)found["status"], (string?)found["description"]).ShouldBe((status, description));
    }

    private static Task EventuallyAsync(Func<bool> holds) => EventuallyAsync(() => Task.FromResult(holds()));

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task<((int Id, int TicketId, string TicketNumber) Broken, WebhookNotification Next)> GivenAsync(NotifierScene scene, string change)
    {
        var actor = new Actor(1, "Anne Roy", Roles.Admin);
        var first = await scene.Given.OverdueTicket(lateBy: TimeSpan.FromDays(2));
        var second = await scene.Given.OverdueTicket();
        await scene.Host.Service<CurrentEndpoint>().PauseAsync(actor, null, null, CancellationToken.None);
        var broken = await scene.Given.Notification(first, NotificationStatus.Pending);
        var next = await scene.Given.Notification(second, NotificationStatus.Pending);
        await scene.Database.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, change, broken.Id, first.Id));
        await scene.Host.Service<CurrentEndpoint>().ResumeAsync(actor, CancellationToken.None);
        scene.Host.Service<NotificationDispatcher>().Wake();
        return ((broken.Id, first.Id, first.TicketId), next);
    }
}
