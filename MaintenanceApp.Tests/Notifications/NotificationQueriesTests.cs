using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>The history as the screens read it, on both databases.</summary>
public sealed class NotificationQueriesTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);
    private static readonly Actor Supervisor = new(2, "Luc Gagnon", Roles.Supervisor);

    [Theory, BothDatabases]
    public async Task Filters_add_up_and_the_newest_comes_first(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeClock();
        var given = new Given(database, clock);
        var leak = await given.OverdueTicket(title: "Fuite d’huile", ticketId: "IGP-FOUR-1");
        var noise = await given.OverdueTicket(title: "Bruit", ticketId: "IGP-FOUR-2");
        var old = await given.Notification(leak, createdAt: clock.Now.AddDays(-3));
        var waiting = await given.Notification(leak, NotificationStatus.Pending);
        var dead = await given.Notification(noise, NotificationStatus.Dead, createdAt: clock.Now.AddHours(-1));
        var queries = new NotificationQueries(database);

        async Task<int[]> Ids(NotificationFilter filter) =>
            [.. (await queries.ListAsync(filter, Admin, default)).Rows.Select(row => row.Id)];

        (await Ids(new())).ShouldBe([waiting.Id, dead.Id, old.Id]);
        (await Ids(new() { View = NotificationView.Failed })).ShouldBe([dead.Id]);
        (await Ids(new() { View = NotificationView.Waiting })).ShouldBe([waiting.Id]);
        (await Ids(new() { Status = NotificationStatus.Delivered })).ShouldBe([old.Id]);
        (await Ids(new() { Ticket = "huile four-1" })).ShouldBe([waiting.Id, old.Id]);
        (await Ids(new() { Ticket = "FUITE", From = clock.Now.AddDays(-1) })).ShouldBe([waiting.Id]);
        (await Ids(new() { To = clock.Now.AddDays(-1) })).ShouldBe([old.Id]);
        (await Ids(new() { Trigger = NotificationTrigger.Resend })).ShouldBeEmpty();
        (await Ids(new() { Type = "autre" })).ShouldBeEmpty();
        (await Ids(new() { RunId = "run_x" })).ShouldBeEmpty();
        (await Ids(new() { PageSize = 2, Page = 2 })).ShouldBe([old.Id]);
        (await Ids(new() { Page = int.MaxValue })).ShouldBeEmpty();
        (await queries.CountsAsync(default)).ShouldBe(new NotificationCounts(3, 1, 1));
    }

    [Theory, BothDatabases]
    public async Task A_notification_knows_its_neighbours_and_shows_bodies_to_administrators_only(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeClock();
        var given = new Given(database, clock);
        var ticket = await given.OverdueTicket();
        var first = await given.Notification(ticket, createdAt: clock.Now.AddDays(-2));
        await given.Notification(await given.OverdueTicket());
        var second = await given.Notification(ticket, createdAt: clock.Now.AddDays(-1), responseBody: "OK", url: "https://recepteur.invalid/secret");
        var third = await given.Notification(ticket, NotificationStatus.Pending);
        await using (var db = database.CreateDbContext())
        {
            db.Add(new WebhookAttempt
            {
                NotificationId = second.Id,
                Number = 1,
                StartedAt = clock.Now.AddDays(-1),
                Outcome = AttemptOutcome.Accepted,
                DurationMs = 412,
                RequestBody = """{"scheduled_date":"2025-11-10 00:00:00","assigned_to":"Équipe complète","status":"received"}""",
                ResponseBody = "OK",
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var queries = new NotificationQueries(database);
        var detail = (await queries.FindAsync(second.Id, Admin, default)).ShouldNotBeNull();
        (detail.PreviousId, detail.NextId, detail.Position, detail.OfTicket).ShouldBe((first.Id, third.Id, 2, 3));
        detail.PreviousAcceptedAt.ShouldBe(first.SentAt);
        detail.Because.ShouldBe(new SentBecause(new DateTime(2025, 11, 10, 0, 0, 0, DateTimeKind.Utc), "Équipe complète", "received"));
        detail.Row.LastDurationMs.ShouldBe(412);
        detail.Row.Endpoint.ShouldBe("https://recepteur.invalid/••••••••");
        detail.Attempts.Single().RequestBody.ShouldNotBeNull();

        var seen = (await queries.FindAsync(second.Id, Supervisor, default)).ShouldNotBeNull();
        seen.Row.ResponseBody.ShouldBeNull();
        seen.Attempts.Single().ShouldBe(detail.Attempts.Single() with { RequestBody = null, ResponseBody = null });
        seen.Because.ShouldBe(detail.Because);
        (await queries.FindAsync(99_999, Admin, default)).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Statistics_say_nothing_without_data_and_count_what_ended(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeClock();
        var given = new Given(database, clock);
        var stats = new NotificationStatsQuery(database, clock);
        (await stats.ReadAsync(default)).Last24Hours.ShouldBe(new PeriodStats(0, 0, 0, null, null, null));

        var ticket = await given.OverdueTicket();
        for (var number = 1; number <= 4; number++)
        {
            var sent = await given.Notification(ticket, number == 4 ? NotificationStatus.Dead : NotificationStatus.Delivered, createdAt: clock.Now.AddHours(-number));
            await using var db = database.CreateDbContext();
            db.Add(new WebhookAttempt
            {
                NotificationId = sent.Id,
                Number = 1,
                StartedAt = sent.SentAt!.Value,
                Outcome = number == 4 ? AttemptOutcome.Timeout : AttemptOutcome.Accepted,
                DurationMs = number * 100,
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await given.Notification(ticket, createdAt: clock.Now.AddDays(-3));
        var read = await stats.ReadAsync(default);
        read.Last24Hours.ShouldBe(new PeriodStats(4, 3, 1, 0.75, 200, 300));
        read.Last7Days.ShouldBe(new PeriodStats(5, 4, 1, 0.8, 200, 300));
    }
}
