using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>What the operations page says about the queue and the attempts.</summary>
public sealed class SendingReportTests
{
    [Theory, BothDatabases]
    public async Task Attempts_are_counted_by_class_and_the_queue_by_state(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeClock();
        var given = new Given(database, clock);
        var waiting = await given.Notification(await given.OverdueTicket(), NotificationStatus.Pending, createdAt: clock.Now.AddHours(-3));
        var dead = await given.Notification(await given.OverdueTicket(), NotificationStatus.Dead);
        var aside = await given.Notification(await given.OverdueTicket(), NotificationStatus.Pending);
        await using (var db = database.CreateDbContext())
        {
            (await db.WebhookNotifications.SingleAsync(row => row.Id == aside.Id, TestContext.Current.CancellationToken)).AsideCount = 2;
            WebhookAttempt Attempt(int notification, int number, AttemptOutcome outcome, double hoursAgo, int? duration = 20, bool isProbe = false) => new()
            {
                NotificationId = notification,
                Number = number,
                StartedAt = clock.Now.AddHours(-hoursAgo),
                Outcome = outcome,
                DurationMs = duration,
                IsProbe = isProbe,
            };
            db.AddRange(
                Attempt(waiting.Id, 1, AttemptOutcome.ServerError, 2), Attempt(waiting.Id, 2, AttemptOutcome.ServerError, 1, isProbe: true), Attempt(waiting.Id, 3, AttemptOutcome.ServerError, 30),
                Attempt(dead.Id, 1, AttemptOutcome.Unknown, 3, duration: null), Attempt(dead.Id, 2, AttemptOutcome.Accepted, 1));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var report = await new SendingReportQuery(database, clock).ReadAsync(default);

        report.Classes.ShouldBe([new(AttemptOutcome.ServerError, 2, 1), new(AttemptOutcome.Unknown, 1, 0), new(AttemptOutcome.Accepted, 1, 0)]);
        (report.Fresh, report.Retrying, report.Sending, report.Dead, report.Unknown).ShouldBe((1, 0, 0, 1, 0));
        report.Aside.ShouldBe(1);
        report.OldestAt.ShouldBe(clock.Now.AddHours(-3));
    }
}
