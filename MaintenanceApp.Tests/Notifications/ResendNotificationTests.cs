using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>Resending by hand: linked, once per double click, as often as wanted.</summary>
public sealed class ResendNotificationTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory, BothDatabases]
    public async Task Twenty_clicks_at_once_are_one_resend_and_a_later_click_is_another(DatabaseProvider provider)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeClock();
        await using var host = Host(database, clock, receiver.Url);
        var ticket = await host.Given.OverdueTicket(ticketId: "IGP-RENVOI-1");
        var original = await host.Given.Notification(ticket);
        var resend = host.Service<ResendNotification>();

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => resend.ExecuteAsync(Admin, original.Id, default))));

        var id = ids.Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        await DeliveredAsync(host, id);
        (await resend.ExecuteAsync(Admin, original.Id, default)).ShouldBe(id, "within half a second it is still the same click");
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await resend.ExecuteAsync(Admin, original.Id, default)).ShouldNotBeNull();
        second.ShouldNotBe(id);
        await DeliveredAsync(host, second);

        receiver.Arrivals.Select(arrival => arrival.TicketId).ShouldBe(["IGP-RENVOI-1", "IGP-RENVOI-1"]);
        receiver.Arrivals.Select(arrival => arrival.WebhookId).Distinct().Count().ShouldBe(2);
        await using var db = database.CreateDbContext();
        var rows = await db.WebhookNotifications.Where(row => row.ResentFrom == original.Id).OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken);
        rows.Select(row => (row.Trigger, row.RequestedBy, row.Seq)).ShouldBe([(NotificationTrigger.Resend, 1, 2), (NotificationTrigger.Resend, 1, 3)]);
    }

    [Fact]
    public async Task It_is_sent_although_the_ticket_is_finished()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Host(database, new FakeClock(), receiver.Url);
        var dead = await host.Given.Notification(await host.Given.Ticket(MaintenanceApp.Tickets.TicketStatus.Completed), NotificationStatus.Dead);

        await DeliveredAsync(host, (await host.Service<ResendNotification>().ExecuteAsync(Admin, dead.Id, default)).ShouldNotBeNull());

        receiver.Arrivals.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_waits_for_its_next_attempt_gives_way_to_its_resend()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        await using var host = Host(database, clock, "http://127.0.0.1:9/");
        var waiting = await host.Given.Notification(await host.Given.OverdueTicket(), NotificationStatus.Pending, nextAttemptAt: clock.Now.AddHours(2));

        (await host.Service<ResendNotification>().ExecuteAsync(Admin, waiting.Id, default)).ShouldNotBeNull();

        await using var db = database.CreateDbContext();
        var original = await db.WebhookNotifications.SingleAsync(row => row.Id == waiting.Id, TestContext.Current.CancellationToken);
        (original.Status, original.Cause).ShouldBe((NotificationStatus.Cancelled, NotificationCause.Resent));
    }

    [Fact]
    public async Task It_is_refused_to_others_for_unknown_ids_and_without_an_endpoint()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Host(database, new FakeClock(), "");
        var sent = await host.Given.Notification(await host.Given.OverdueTicket());
        var resend = host.Service<ResendNotification>();

        await Should.ThrowAsync<ForbiddenException>(() => resend.ExecuteAsync(Admin with { Role = Roles.Supervisor }, sent.Id, default));
        (await resend.ExecuteAsync(Admin, 99_999, default)).ShouldBeNull();
        (await Should.ThrowAsync<RuleException>(() => resend.ExecuteAsync(Admin, sent.Id, default))).Code.ShouldBe("notification.no_endpoint");
    }

    private static AppHost Host(TestDatabase database, FakeClock clock, string url) => new(database, clock, new Dictionary<string, string?>
    {
        ["Webhook:Url"] = url,
        ["Webhook:AllowPrivateNetworks"] = "true",
    });

    private static async Task DeliveredAsync(AppHost host, int id)
    {
        await using var db = host.Database.CreateDbContext();
        for (var wait = 0; wait < 500; wait++)
        {
            if (await db.WebhookNotifications.AnyAsync(row => row.Id == id && row.Status == NotificationStatus.Delivered))
            {
                return;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"Notification {id} was not delivered within 10 s.");
    }
}
