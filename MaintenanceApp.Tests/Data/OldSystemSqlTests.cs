using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Data;

/// <summary>The documented SQL of the system this replaces, and rows written with its columns only.</summary>
public sealed class OldSystemSqlTests
{
    private const string Ago = "yyyy-MM-dd HH:mm:ss";

    private readonly FakeClock clock = new(DateTime.SpecifyKind(DateTime.UtcNow, DateTimeKind.Utc));

    [Theory, BothDatabases]
    public async Task Rows_with_the_old_columns_only_are_complete_rows(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await database.ExecuteAsync("INSERT INTO machines (machine_type, model, serial_number, location) VALUES ('Four', 'Horizontal', 'F-1', 'Hall B')");
        await database.ExecuteAsync(
            """
            INSERT INTO tickets (ticket_id, title, description, machine_id, reported_by, assigned_to, scheduled_date)
            SELECT 'IGP-FOUR-1', 'Résistance', 'Ne chauffe plus', id, 1, 0, '2025-11-10 00:00:00' FROM machines
            """);
        await database.ExecuteAsync("INSERT INTO ticket_timeline (ticket_id, user_id, action, old_status, new_status) SELECT id, 1, 'Ticket créé', NULL, 'received' FROM tickets");
        await database.ExecuteAsync("INSERT INTO ticket_comments (ticket_id, user_name, user_role, comment) SELECT id, 'Martin', 'technician', 'Vu' FROM tickets");
        await database.ExecuteAsync(
            """
            INSERT INTO webhook_notifications (ticket_id, notification_type, webhook_url, sent_at, response_status, response_body)
            SELECT id, 'overdue_scheduled', 'https://recepteur.invalid/x', '2025-11-12 09:26:14', 200, 'ok' FROM tickets
            """);

        await using var db = database.CreateDbContext();
        var ticket = await db.Tickets.Include(row => row.Timeline).SingleAsync();
        ticket.Status.ShouldBe(TicketStatus.Received);
        ticket.Priority.ShouldBe(TicketPriority.Medium);
        ticket.ScheduledDate.ShouldBe(new DateTime(2025, 11, 10, 0, 0, 0, DateTimeKind.Utc));
        ticket.CreatedAt.ShouldBe(clock.Now, TimeSpan.FromMinutes(2));
        ticket.DeletedAt.ShouldBeNull();
        ticket.Timeline.Single().Action.ShouldBe("Ticket créé");
        (await db.TicketComments.SingleAsync()).UserName.ShouldBe("Martin");
        var notification = await db.WebhookNotifications.SingleAsync();
        notification.Status.ShouldBe(NotificationStatus.Delivered, "history, not work for the dispatcher");
        notification.NextAttemptAt.ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task An_account_inserted_with_the_old_columns_is_complete(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await database.ExecuteAsync("INSERT INTO users (email, password_hash, full_name, role) VALUES ('Eve@Essai.invalid', 'x', 'Ève', 'planner')");

        await using var db = database.CreateDbContext();
        var user = await db.Users.SingleAsync(row => row.Id != MaintenanceApp.Users.User.TeamId);
        user.LockoutEnabled.ShouldBeTrue();
        user.CreatedAt.ShouldBe(clock.Now, TimeSpan.FromMinutes(2));
    }

    [Theory, BothDatabases]
    public async Task Notifications_are_counted_per_ticket(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database, clock);
        var ticket = await given.OverdueTicket(ticketId: "A-1", title: "Fuite");
        await given.Notification(ticket);
        await given.Notification(ticket);

        var row = (await database.QueryAsync(
            "SELECT t.ticket_id, t.title, COUNT(wn.id) FROM webhook_notifications wn INNER JOIN tickets t ON wn.ticket_id = t.id GROUP BY t.ticket_id, t.title")).Single();

        row.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)).ShouldBe(["A-1", "Fuite", "2"]);
    }

    [Fact]
    public async Task Old_rows_are_deleted_by_the_documented_statement()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, clock);
        var ticket = await given.OverdueTicket();
        await given.Notification(ticket, createdAt: clock.Now.AddDays(-91));
        await given.Notification(ticket, createdAt: clock.Now.AddDays(-89));

        (await database.ExecuteAsync("DELETE FROM webhook_notifications WHERE datetime(created_at) < datetime('now', '-90 days')")).ShouldBe(1);
    }

    [Fact]
    public async Task The_documented_statement_moves_a_send_25_hours_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, clock);
        var notification = await given.Notification(await given.OverdueTicket(), sentAt: clock.Now);

        (await database.ExecuteAsync($"UPDATE webhook_notifications SET sent_at = datetime('now','-25 hours') WHERE ticket_id = {notification.TicketId}")).ShouldBe(1);

        await using var db = database.CreateDbContext();
        (await db.WebhookNotifications.SingleAsync()).SentAt!.Value.ShouldBe(clock.Now.AddHours(-25), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Instants_are_stored_as_the_old_system_wrote_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var scheduled = new DateTime(2025, 11, 10, 16, 5, 9, DateTimeKind.Utc);
        await new Given(database, clock).Ticket(scheduled: scheduled);

        (await database.ScalarAsync("SELECT scheduled_date FROM tickets")).ShouldBe(scheduled.ToString(Ago, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("demain")]
    [InlineData("2026-02-10T08:00:00Z")]
    [InlineData("2026-02-10")]
    public async Task A_date_in_another_form_is_refused_by_the_database(string date)
    {
        await using var database = await TestDatabase.CreateAsync();
        await new Given(database, clock).Ticket();

        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => database.ExecuteAsync($"UPDATE tickets SET scheduled_date = '{date}'"));
    }
}
