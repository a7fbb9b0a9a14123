using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>« Renvoyer les échecs depuis… »: one a ticket, only what still qualifies, once however often it is submitted.</summary>
public sealed class ResendFailedTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory, BothDatabases]
    public async Task One_a_ticket_goes_out_and_what_no_longer_qualifies_is_counted_by_cause(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var (given, now) = (scene.Given, scene.Clock.Now);
        var late = await given.OverdueTicket(ticketId: "IGP-ECHEC-1");
        await given.Notification(late, NotificationStatus.Dead, createdAt: now.AddHours(-3));
        var newest = await given.Notification(late, NotificationStatus.Dead, createdAt: now.AddHours(-2));
        await given.Notification(await given.OverdueTicket(), NotificationStatus.Dead, createdAt: now.AddHours(-9));
        await given.Notification(await given.OverdueTicket(status: TicketStatus.Completed), NotificationStatus.Dead, createdAt: now.AddHours(-1));
        var notified = await given.OverdueTicket();
        await given.Notification(notified, NotificationStatus.Dead, createdAt: now.AddHours(-2));
        await given.Notification(notified, createdAt: now.AddHours(-1));
        var preview = await scene.Host.Service<FailedSince>().PreviewAsync(now.AddHours(-4), false, default);

        var batches = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => scene.Host.Service<ResendFailed>().ExecuteAsync(Admin, now.AddHours(-4), false, default))));

        preview.Chosen.Select(row => row.Id).ShouldBe([newest.Id]);
        preview.Skipped.OrderBy(cause => cause.Key).Select(cause => (cause.Key, cause.Value)).ShouldBe([(NotificationCause.AlreadyAccepted, 1), (NotificationCause.AlreadyStarted, 1)]);
        batches.Select(batch => (batch.Batch, batch.Queued)).Distinct().ShouldHaveSingleItem().Queued.ShouldBe(1, "eight submits are one");
        var resend = (await scene.NotificationsAsync()).Where(row => row.ResentFrom is not null).ShouldHaveSingleItem();
        (resend.ResentFrom, resend.Trigger, resend.RequestedBy, resend.RunId, resend.Seq).ShouldBe((newest.Id, NotificationTrigger.BulkResend, 1, batches[0].Batch, 3));
        await scene.NotificationAsync(resend.Id, row => row.Status == NotificationStatus.Delivered);
        (await scene.Host.Service<ResendBatchQuery>().LatestAsync(default)).ShouldBe(new ResendProgress(batches[0].Batch!, 1, 1, 0, 0, 0));

        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        (await scene.Host.Service<ResendFailed>().ExecuteAsync(Admin, now.AddHours(-4), false, default)).Queued.ShouldBe(0, "it has been delivered since");
        (await scene.Host.Service<ResendFailed>().ExecuteAsync(Admin, now.AddHours(-4), true, default)).Queued.ShouldBe(2, "forced: the finished one and the one notified since");
    }

    /// <summary>Only what is chosen is read whole: 13 months of failures hold bodies that nobody needs here.</summary>
    [Theory, BothDatabases]
    public async Task Older_failures_of_a_ticket_are_not_read(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var (given, now) = (scene.Given, scene.Clock.Now);
        var (late, done) = (await given.OverdueTicket(), await given.OverdueTicket(status: TicketStatus.InProgress));
        foreach (var ticket in new[] { late, done })
        {
            await given.Notification(ticket, NotificationStatus.Dead, createdAt: now.AddHours(-3));
        }

        // What would throw if anybody read it.
        await scene.Database.ExecuteAsync("UPDATE webhook_notifications SET trigger = 'by_hand'");
        var newest = await given.Notification(late, NotificationStatus.Dead, createdAt: now.AddHours(-2));

        var preview = await scene.Host.Service<FailedSince>().PreviewAsync(now.AddHours(-4), false, default);

        preview.Chosen.Select(row => row.Id).ShouldBe([newest.Id]);
        preview.Skipped.ShouldBe(new Dictionary<string, int> { [NotificationCause.AlreadyStarted] = 1 });
    }

    [Fact]
    public async Task The_rule_is_checked_again_before_each_leaves_and_what_is_left_can_be_stopped()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var host = scene.Host;
        var (given, since) = (scene.Given, scene.Clock.Now.AddHours(-1));
        await host.Service<CurrentEndpoint>().PauseAsync(Admin, null, null, default);
        var tickets = new[] { await given.OverdueTicket(), await given.OverdueTicket(), await given.OverdueTicket() };
        foreach (var ticket in tickets)
        {
            await given.Notification(ticket, NotificationStatus.Dead);
        }

        var batch = await host.Service<ResendFailed>().ExecuteAsync(Admin, since, false, default);
        batch.Queued.ShouldBe(3);
        (await host.Service<ResendFailed>().ExecuteAsync(Admin with { UserId = 2 }, since, true, default)).Skipped.ShouldBe(
            new Dictionary<string, int> { [NotificationCause.AlreadyWaiting] = 3 }, "not even forced while they wait");
        await using (var db = scene.Database.CreateDbContext())
        {
            await db.Tickets.Where(ticket => ticket.Id == tickets[0].Id)
                .ExecuteUpdateAsync(ticket => ticket.SetProperty(x => x.Status, TicketStatus.Completed), TestContext.Current.CancellationToken);
            await db.WebhookNotifications.Where(row => row.TicketId == tickets[2].Id && row.ResentFrom != null)
                .ExecuteUpdateAsync(row => row.SetProperty(x => x.NextAttemptAt, scene.Clock.Now.AddDays(1)), TestContext.Current.CancellationToken);
        }

        await host.Service<CurrentEndpoint>().ResumeAsync(Admin, default);
        host.Service<NotificationDispatcher>().Wake();
        var resends = (await scene.NotificationsAsync()).Where(row => row.RunId == batch.Batch).ToDictionary(row => row.TicketId!.Value, row => row.Id);
        (await scene.NotificationAsync(resends[tickets[0].Id], row => row.Status == NotificationStatus.Cancelled)).Cause.ShouldBe(NotificationCause.AlreadyStarted);
        await scene.NotificationAsync(resends[tickets[1].Id], row => row.Status == NotificationStatus.Delivered);

        await Should.ThrowAsync<ForbiddenException>(() => host.Service<StopResends>().ExecuteAsync(Admin with { Role = Roles.Supervisor }, batch.Batch!, default));
        (await host.Service<StopResends>().ExecuteAsync(Admin, batch.Batch!, default)).ShouldBe(1);
        (await host.Service<ResendBatchQuery>().LatestAsync(default)).ShouldBe(new ResendProgress(batch.Batch!, 3, 1, 0, 0, 2));
        scene.Receiver.Arrivals.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_route_answers_202_with_counts_and_400_in_words()
    {
        await using var scene = await NotifierScene.CreateAsync();
        await scene.Given.Notification(await scene.Given.OverdueTicket(), NotificationStatus.Dead);
        await scene.Given.Notification(await scene.Given.OverdueTicket(status: TicketStatus.InProgress), NotificationStatus.Dead);
        using var admin = await scene.Host.CreateClientAs(Roles.Admin);
        using var planner = await scene.Host.CreateClientAs(Roles.Planner);
        const string path = "/api/webhooks/notifications/resend-failed";
        var cancellationToken = TestContext.Current.CancellationToken;

        foreach (var body in new object[] { new { }, new { since = "hier" }, new { since = 3 }, new { since = "2025-11-12", force = "oui" } })
        {
            using var refused = await admin.PostAsJsonAsync(path, body, cancellationToken);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var forbidden = await planner.PostAsJsonAsync(path, new { since = "2025-11-12" }, cancellationToken);
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var accepted = await admin.PostAsJsonAsync(path, new { since = "2025-11-12T00:00:00Z", force = false }, cancellationToken);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var answer = JsonNode.Parse(await accepted.Content.ReadAsStringAsync(cancellationToken))!;
        ((int)answer["queued"]!, (int)answer["skipped_total"]!, (int)answer["skipped"]![NotificationCause.AlreadyStarted]!).ShouldBe((1, 1, 1));
        ((string)answer["batch_id"]!).ShouldStartWith("resend_");
    }
}
