using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Notifications;

/// <summary>The URL of the Settings page and the test of the endpoint.</summary>
public sealed class EndpointSettingTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory]
    [InlineData("https://connect.pabbly.com/crochet", false, null)]
    [InlineData("http://192.168.1.20:8080/crochet", true, null)]
    [InlineData("http://recepteur.invalid/crochet", false, WebhookUrlFault.NotHttps)]
    [InlineData("ftp://recepteur.invalid/", true, WebhookUrlFault.NotAbsolute)]
    [InlineData("recepteur.invalid/crochet", false, WebhookUrlFault.NotAbsolute)]
    [InlineData("/crochet", false, WebhookUrlFault.NotAbsolute)]
    [InlineData("https://anne:secret@recepteur.invalid/", false, WebhookUrlFault.UserName)]
    [InlineData("https://anne@recepteur.invalid/", true, WebhookUrlFault.UserName)]
    public void A_url_is_complete_https_and_without_a_user(string url, bool allowPrivateNetworks, WebhookUrlFault? expected) =>
        WebhookUrlRule.FaultOf(url, allowPrivateNetworks).ShouldBe(expected);

    [Fact]
    public void A_url_has_at_most_two_thousand_characters()
    {
        var longest = "https://recepteur.invalid/".PadRight(WebhookUrlRule.MaxLength, 'x');
        WebhookUrlRule.FaultOf(longest, false).ShouldBeNull();
        WebhookUrlRule.FaultOf(longest + "x", false).ShouldBe(WebhookUrlFault.TooLong);
    }

    [Theory]
    [InlineData("Webhook:Url", "http://recepteur.invalid/crochet", "Webhook:Url must be https")]
    [InlineData("Webhook:SigningSecrets:0", "pas-un-secret", "Webhook:SigningSecrets must be whsec_")]
    public void The_start_stops_with_the_key_and_the_reason(string key, string value, string reason)
    {
        var options = key == "Webhook:Url" ? new WebhookOptions { Url = value } : new WebhookOptions { SigningSecrets = [value] };

        options.Validate(new(options)).Select(result => result.ErrorMessage).ShouldHaveSingleItem().ShouldNotBeNull().ShouldStartWith(reason);
        options.Validate(new(options)).ShouldAllBe(result => !result.ErrorMessage!.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_stored_masked_and_removed_by_an_admin_only()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: [("Webhook:Url", ""), ("Webhook:AllowPrivateNetworks", "false")]);
        var set = scene.Host.Service<SetWebhookUrl>();
        var settings = scene.Host.Service<SettingsQueries>();

        await Should.ThrowAsync<ForbiddenException>(() => set.ExecuteAsync(Admin with { Role = Roles.Supervisor }, "https://recepteur.invalid/x", default));
        await Should.ThrowAsync<InvalidInputException>(() => set.ExecuteAsync(Admin, "http://recepteur.invalid/x", default));
        (await Should.ThrowAsync<RuleException>(() => scene.Host.Service<SendTest>().ExecuteAsync(Admin, default))).Code.ShouldBe("notification.no_endpoint");
        (await settings.ReadAsync(Admin, default)).Endpoint.Source.ShouldBe(SettingSource.None);

        await set.ExecuteAsync(Admin, " https://recepteur.invalid/chemin-secret ", default);
        var endpoint = (await settings.ReadAsync(Admin, default)).Endpoint;
        (endpoint.Source, endpoint.Url, endpoint.ChangedAt).ShouldBe((SettingSource.Page, "https://recepteur.invalid/••••••••", scene.Clock.Now));

        await set.ExecuteAsync(Admin, "", default);
        (await settings.ReadAsync(Admin, default)).Endpoint.Source.ShouldBe(SettingSource.None);
    }

    [Fact]
    public async Task The_configuration_locks_it()
    {
        await using var scene = await NotifierScene.CreateAsync();

        (await Should.ThrowAsync<RuleException>(() => scene.Host.Service<SetWebhookUrl>().ExecuteAsync(Admin, "https://recepteur.invalid/", default)))
            .Code.ShouldBe("endpoint.configured");
    }

    [Theory, BothDatabases]
    public async Task Twenty_clicks_are_one_test_with_the_fifteen_keys_and_test_after_them(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        scene.Receiver.Default = Reply.Hang;
        var send = scene.Host.Service<SendTest>();

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => send.ExecuteAsync(Admin, default))));

        ids.Distinct().ShouldHaveSingleItem();
        var body = (await scene.Receiver.WaitForAsync(1)).ShouldHaveSingleItem().Json;
        body.Select(pair => pair.Key).ShouldBe(
        [
            "ticket_id", "title", "description", "priority", "status", "machine", "scheduled_date", "assigned_to", "reporter",
            "created_at", "overdue_days", "overdue_hours", "overdue_minutes", "overdue_text", "notification_sent_at", "test",
        ]);
        ((bool?)body["test"], (string?)body["overdue_text"]).ShouldBe((true, "2 jour(s) 9h 26min"));
        var row = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        (row.TicketId, row.NotificationType, row.Trigger, row.Urgency, row.RequestedBy).ShouldBe((null, WebhookNotification.Test, NotificationTrigger.Test, 0, 1));
        await Should.ThrowAsync<ForbiddenException>(() => send.ExecuteAsync(Admin with { Role = Roles.Planner }, default));
    }

    [Fact]
    public async Task A_test_keeps_no_ticket_silent()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var ticket = await scene.Given.OverdueTicket();
        var id = await scene.Host.Service<SendTest>().ExecuteAsync(Admin, default);
        await scene.NotificationAsync(id, row => row.Status == NotificationStatus.Delivered);
        await scene.Host.Service<SendTest>().ExecuteAsync(Admin, default);

        (await scene.ScanAsync()).NotificationsSent.ShouldBe(1);

        scene.Receiver.Arrivals.Count(arrival => arrival.TicketId == ticket.TicketId).ShouldBe(1);
        await using var db = scene.Database.CreateDbContext();
        (await db.WebhookNotifications.Where(OverdueRule.Silences(scene.Clock.Now, TimeSpan.FromDays(1), scene.Receiver.Url)).Select(row => row.TicketId).ToListAsync(TestContext.Current.CancellationToken))
            .ShouldBe([ticket.Id]);
    }
}
