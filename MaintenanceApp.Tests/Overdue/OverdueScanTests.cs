using System.Text;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Overdue;

public sealed class OverdueScanTests
{
    [Theory, BothDatabases]
    public async Task The_post_is_the_fifteen_keys_in_order_byte_for_byte(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var technician = await scene.Given.User(name: "Technicien Martin Tremblay");
        var machine = await scene.Given.Machine("Polisseuse", "Double Edger");
        await scene.Given.Ticket(
            TicketStatus.Diagnostic,
            technician.Id,
            new DateTime(2025, 11, 10, 0, 0, 0, DateTimeKind.Utc),
            "Ajouter de la graisse : \"engrenages\" d'entraînement 🔥 <&>",
            "Ligne 1\nLigne 2\t\\ fin",
            "IGP-POLISSEUSE-DOUBLE EDGER-20251109-768",
            machine,
            TicketPriority.High,
            "Lise Côté",
            createdAt: new DateTime(2025, 11, 9, 16, 22, 0, DateTimeKind.Utc));

        await scene.ScanAsync();

        var post = scene.Receiver.Arrivals.ShouldHaveSingleItem();
        post.Text.ShouldBe(
            """{"ticket_id":"IGP-POLISSEUSE-DOUBLE EDGER-20251109-768","title":"Ajouter de la graisse : \"engrenages\" d'entraînement 🔥 <&>","description":"Ligne 1\nLigne 2\t\\ fin","priority":"high","status":"diagnostic","machine":"Polisseuse Double Edger","scheduled_date":"2025-11-10 00:00:00","assigned_to":"Technicien Martin Tremblay","reporter":"Lise Côté","created_at":"2025-11-09 16:22:00","overdue_days":2,"overdue_hours":9,"overdue_minutes":26,"overdue_text":"2 jour(s) 9h 26min","notification_sent_at":"2025-11-12T09:26:14.510Z"}""");
        post.Method.ShouldBe("POST");
        post.Headers["content-type"].ShouldBe("application/json");
        post.Headers["webhook-id"].ShouldStartWith("msg_");
        post.Headers["webhook-timestamp"].ShouldBe("1762939574");
        post.Headers["user-agent"].ShouldStartWith("MaintenanceApp/");
        post.Body.ShouldBe(Encoding.UTF8.GetBytes(post.Text));
    }

    [Fact]
    public async Task People_and_machines_that_are_not_known_have_a_name_all_the_same()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var ghost = new Actor(998, "parti", Roles.Operator);
        var team = await scene.Given.Ticket(assignedTo: User.TeamId, scheduled: scene.Clock.Now.AddSeconds(-30), reporter: ghost);
        var unknown = await scene.Given.Ticket(assignedTo: 999, scheduled: scene.Clock.Now.AddDays(-400), reporter: ghost);
        await scene.Database.ExecuteAsync($"UPDATE tickets SET machine_id = NULL WHERE id = {unknown.Id}");

        await scene.ScanAsync();

        var posts = scene.Receiver.Arrivals.ToDictionary(post => post.TicketId, post => post.Json);
        ((string?)posts[team.TicketId]["assigned_to"]).ShouldBe("Équipe complète");
        ((string?)posts[team.TicketId]["overdue_text"]).ShouldBe("0h 0min");
        ((string?)posts[team.TicketId]["reporter"]).ShouldBe("N/A");
        ((string?)posts[unknown.TicketId]["assigned_to"]).ShouldBe("Technicien #999");
        ((string?)posts[unknown.TicketId]["machine"]).ShouldBe("N/A");
        ((string?)posts[unknown.TicketId]["overdue_text"]).ShouldBe("400 jour(s) 0h 0min");
    }

    [Theory, BothDatabases]
    public async Task A_ticket_is_notified_once_in_24_hours_and_again_after(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        await scene.Given.OverdueTickets(3);

        (await scene.ScanAsync()).NotificationsSent.ShouldBe(3);
        scene.Clock.Advance(TimeSpan.FromHours(23.9));
        (await scene.ScanAsync()).NotificationsSent.ShouldBe(0);
        scene.Clock.Advance(TimeSpan.FromHours(0.2));
        (await scene.ScanAsync()).NotificationsSent.ShouldBe(3);

        scene.Receiver.Arrivals.Count.ShouldBe(6);
        scene.Receiver.Arrivals.Select(post => post.WebhookId).Distinct().Count().ShouldBe(6);
    }

    [Theory, BothDatabases]
    public async Task Eight_scans_at_the_same_instant_write_one_row_per_ticket(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        await scene.Given.OverdueTickets(100);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(scene.ScanAsync)));

        scene.Receiver.Arrivals.Count.ShouldBe(100);
        scene.Receiver.Arrivals.Select(post => post.TicketId).Distinct().Count().ShouldBe(100);
        scene.Receiver.Arrivals.Select(post => post.WebhookId).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public async Task The_summary_says_what_was_found_and_sent()
    {
        await using var scene = await NotifierScene.CreateAsync();
        (await scene.ScanAsync()).Message.ShouldBe("Aucun ticket planifié expiré trouvé");

        var good = await scene.Given.OverdueTicket(title: "Pompe");
        var bad = await scene.Given.OverdueTicket();
        scene.Receiver.AnswerFor(bad.TicketId, new Reply(503));

        var summary = await scene.ScanAsync();

        summary.Message.ShouldBe("Vérification terminée");
        summary.TotalOverdue.ShouldBe(2);
        summary.NotificationsSent.ShouldBe(1);
        summary.Notifications!.ShouldHaveSingleItem().ShouldBe(new ScanSummary.Sent(good.TicketId, "Pompe", "1h 0min", 200, "2025-11-12T09:26:14.510Z"));
        summary.Errors!.ShouldHaveSingleItem().ShouldBe(new ScanSummary.Failed(bad.TicketId, "HTTP 503", 503));
    }

    [Fact]
    public async Task Without_a_url_nothing_is_written_and_nothing_is_lost()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Webhook:Url", ""));
        await scene.Given.OverdueTicket();

        var summary = await scene.ScanAsync();

        summary.TotalOverdue.ShouldBe(1);
        (await scene.NotificationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_paused_nothing_is_written_and_afterwards_it_goes_out()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var admin = new Actor(1, "Admin", Roles.Admin);
        await scene.Given.OverdueTicket();

        await scene.Host.Service<CurrentEndpoint>().PauseAsync(admin, null, null, CancellationToken.None);
        await scene.ScanAsync();
        (await scene.NotificationsAsync()).ShouldBeEmpty();

        await scene.Host.Service<CurrentEndpoint>().ResumeAsync(admin, CancellationToken.None);
        (await scene.ScanAsync()).NotificationsSent.ShouldBe(1);
    }

    [Fact]
    public async Task The_most_urgent_goes_first()
    {
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:MaxInFlight", "1"));
        var low = await scene.Given.Ticket(assignedTo: 1, scheduled: scene.Clock.Now.AddDays(-9), priority: TicketPriority.Low);
        var criticalNew = await scene.Given.Ticket(assignedTo: 1, scheduled: scene.Clock.Now.AddHours(-1), priority: TicketPriority.Critical);
        var criticalOld = await scene.Given.Ticket(assignedTo: 1, scheduled: scene.Clock.Now.AddDays(-1), priority: TicketPriority.Critical);

        await scene.ScanAsync();

        scene.Receiver.Arrivals.Select(post => post.TicketId).ShouldBe([criticalOld.TicketId, criticalNew.TicketId, low.TicketId]);
    }

    [Fact]
    public async Task The_monitoring_sql_of_the_old_system_still_works()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var ticket = await scene.Given.OverdueTicket();
        scene.Clock.Now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await scene.ScanAsync();

        var counted = await scene.Database.QueryAsync(
            "SELECT t.ticket_id, t.title, COUNT(wn.id) AS n FROM webhook_notifications wn INNER JOIN tickets t ON wn.ticket_id = t.id GROUP BY t.ticket_id, t.title");
        counted.ShouldHaveSingleItem()["n"].ShouldBe(1L);

        (await scene.Database.ExecuteAsync($"UPDATE webhook_notifications SET sent_at = datetime('now','-25 hours') WHERE ticket_id = {ticket.Id}")).ShouldBe(1);
        (await scene.ScanAsync()).NotificationsSent.ShouldBe(1);
        scene.Receiver.Arrivals.Count.ShouldBe(2);

        await scene.Database.ExecuteAsync("UPDATE webhook_notifications SET created_at = datetime('now','-91 days') WHERE seq = 1");
        (await scene.Database.ExecuteAsync("DELETE FROM webhook_notifications WHERE datetime(created_at) < datetime('now', '-90 days')")).ShouldBe(1);
    }

    [Fact]
    public async Task A_run_of_a_process_that_died_does_not_stay_under_way_for_ever()
    {
        await using var scene = await NotifierScene.CreateAsync();
        var runs = scene.Host.Service<ScanRuns>();
        var abandoned = await runs.BeginAsync(ScanTrigger.Schedule, CancellationToken.None);

        scene.Clock.Advance(TimeSpan.FromMinutes(11));
        await scene.ScanAsync();

        await using var db = scene.Database.CreateDbContext();
        var run = await db.ScanRuns.AsNoTracking().SingleAsync(row => row.Id == abandoned, TestContext.Current.CancellationToken);
        (run.State, run.FinishedAt).ShouldBe((ScanRunState.Failed, null));
    }
}
