using System.Text;
using MaintenanceApp.Data;
using MaintenanceApp.LegacyImport;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.LegacyImport;

/// <summary>What real files of the old system hold, each with the reason that the report gives.</summary>
public sealed class DirtyImportTests
{
    private readonly FakeClock clock = new();

    [Theory]
    [BothDatabases(null, null, null)]
    [BothDatabases("", null, "scheduled_date '' is not a date: left empty")]
    [BothDatabases("null", null, "scheduled_date 'null' is not a date: left empty")]
    [BothDatabases("demain", null, "scheduled_date 'demain' is not a date: left empty")]
    [BothDatabases("2026-02-30 10:00:00", null, "scheduled_date '2026-02-30 10:00:00' is not a date: left empty")]
    [BothDatabases("2026-11-20 10:00:00", "2026-11-20 10:00:00", null)]
    [BothDatabases("2026-11-20T10:00:00.510Z", "2026-11-20 10:00:00", null)]
    [BothDatabases("2026-11-20T10:00:00-05:00", "2026-11-20 15:00:00", "scheduled_date '2026-11-20T10:00:00-05:00' is 2026-11-20 15:00:00 UTC")]
    [BothDatabases(1763632800L, "2025-11-20 10:00:00", "scheduled_date '1763632800' is 2025-11-20 10:00:00 UTC")]
    public async Task Planned_dates(DatabaseProvider provider, object? written, string? expected, string? reason)
    {
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("scheduled_date", written));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, "tickets", 2).ShouldBe(reason);
        (report.Of("tickets").Imported, report.Of("tickets").Repaired).ShouldBe((2, reason is null ? 0 : 1));
        await using var db = database.CreateDbContext();
        Text.Of((await db.Tickets.SingleAsync(row => row.Id == 2)).ScheduledDate).ShouldBe(expected);
    }

    [Theory, BothDatabases]
    public async Task Unreadable_moments_of_creation(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("created_at", "demain"), ("updated_at", "2025-11-03 09:00:00"));
        await file.Ticket(3, ("created_at", null));
        await file.Notification(1, ("created_at", "null"));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, "tickets", 2).ShouldBe("created_at 'demain' is not a date: left empty; created_at is 2025-11-03 09:00:00 UTC, from updated_at");
        Reason(report, "tickets", 3).ShouldBe("created_at is unknown: 2000-01-01 instead");
        Reason(report, "webhook_notifications", 1).ShouldBe("created_at 'null' is not a date: left empty; created_at is 2025-11-02 08:00:00 UTC, from sent_at");
        (await Import(file, database)).Tables.Sum(table => table.Imported).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task People_who_no_longer_exist_keep_their_number_and_nobody_gets_it(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("assigned_to", 41), ("reported_by", 42));
        await file.Timeline(1, ("user_id", 43));
        await file.Ticket(3, ("assigned_to", "Martin"), ("reported_by", null));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, "tickets", 2).ShouldBeNull();
        Reason(report, "tickets", 3).ShouldBe("reported_by names nobody; assigned_to 'Martin' is not a number: left empty");
        await using var db = database.CreateDbContext();
        var ticket = await db.Tickets.SingleAsync(row => row.Id == 2);
        (ticket.AssignedTo, ticket.ReportedBy).ShouldBe((41, 42));
        (await db.Tickets.SingleAsync(row => row.Id == 3)).ReportedBy.ShouldBe(Actor.Application.UserId);
        (await new Given(database, clock).User()).Id.ShouldBe(44);
    }

    [Theory, BothDatabases]
    public async Task Machines(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        await file.Machine(2, ("serial_number", "S-1"), ("status", "en panne"));
        await file.Machine(3, ("model", ""), ("serial_number", ""), ("status", "MAINTENANCE"));
        await file.Machine(4, ("model", new string('x', 150)), ("serial_number", 1234L));
        await file.Ticket(2, ("machine_id", 99));
        await file.Ticket(3, ("machine_id", null));
        await file.Ticket(4, ("machine_id", "1"));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, "machines", 2).ShouldBe("serial_number 'S-1' is that of another machine: left empty; status 'en panne' is not known: 'operational' instead");
        Reason(report, "machines", 3).ShouldBe("model is empty: 'N/A' instead; status 'MAINTENANCE' is not known: 'maintenance' instead");
        Reason(report, "machines", 4).ShouldBe("model has 150 characters: cut to 100");
        Reason(report, "tickets", 2).ShouldBe("its machine 99 no longer exists: left empty");
        Reason(report, "tickets", 3).ShouldBe("it has no machine");
        Reason(report, "tickets", 4).ShouldBeNull();
        await using var db = database.CreateDbContext();
        (await db.Machines.OrderBy(machine => machine.Id).Select(machine => machine.SerialNumber).ToListAsync()).ShouldBe(["S-1", null, null, "1234"]);
        (await db.Tickets.OrderBy(ticket => ticket.Id).Select(ticket => ticket.MachineId).ToListAsync()).ShouldBe([1, null, null, 1]);
    }

    [Theory, BothDatabases]
    public async Task Words_and_numbers_of_tickets(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("status", "en_cours"), ("priority", "urgent"));
        await file.Ticket(3, ("ticket_id", "IGP-1"));
        await file.Ticket(4, ("ticket_id", null), ("title", " "), ("description", null));
        await file.Ticket(5, ("title", new string('é', 199) + "🔥🔥"), ("description", new string('d', 5000)));
        await file.Ticket(6, ("ticket_id", 20251109L), ("title", 3.5), ("description", Encoding.UTF8.GetBytes("blob")));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, "tickets", 2).ShouldBe("status 'en_cours' means 'in_progress'; priority 'urgent' is not known: 'medium' instead");
        Reason(report, "tickets", 3).ShouldBe("ticket_id 'IGP-1' is that of another ticket: 'IGP-1-3' instead");
        Reason(report, "tickets", 4).ShouldBe("ticket_id is empty: 'IGP-IMPORT-4' instead; title is empty: '(sans titre)' instead; description is empty: '(sans description)' instead");
        Reason(report, "tickets", 5).ShouldBe("title has 203 characters: cut to 200");
        Reason(report, "tickets", 6).ShouldBeNull();
        await using var db = database.CreateDbContext();
        var cut = await db.Tickets.SingleAsync(row => row.Id == 5);
        cut.Title.ShouldBe(new string('é', 199));
        cut.Description.Length.ShouldBe(5000);
        var odd = await db.Tickets.SingleAsync(row => row.Id == 6);
        (odd.TicketId, odd.Title, odd.Description).ShouldBe(("20251109", "3.5", "blob"));
        (await db.Tickets.SingleAsync(row => row.Id == 2)).Status.ShouldBe(TicketStatus.InProgress);
    }

    [Theory, BothDatabases]
    public async Task What_hangs_on_a_ticket_that_is_gone_is_skipped(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        await file.Timeline(1, ("ticket_id", 99));
        await file.Comment(1, ("ticket_id", null));
        await file.Comment(2, ("user_name", null));
        await file.Notification(1, ("ticket_id", "abc"));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, "ticket_timeline", 1).ShouldBe("its ticket '99' no longer exists");
        Reason(report, "ticket_comments", 1).ShouldBe("its ticket NULL no longer exists");
        Reason(report, "ticket_comments", 2).ShouldBe("user_name is empty: 'N/A' instead");
        Reason(report, "webhook_notifications", 1).ShouldBe("its ticket 'abc' no longer exists");
        var comments = report.Of("ticket_comments");
        (comments.Read, comments.Imported, comments.Repaired, comments.Skipped, comments.Unchanged).ShouldBe((2, 1, 1, 1, 0));
    }

    [Theory, BothDatabases]
    public async Task Answers_that_are_not_text(DatabaseProvider provider)
    {
        var file = await LegacyFile.CreateAsync();
        byte[] cutInsideAnEmoji = [.. Encoding.UTF8.GetBytes("OK "), 0xF0, 0x9F];
        byte[] halfASurrogatePair = [.. Encoding.UTF8.GetBytes("OK "), 0xED, 0xA0, 0xBD];
        await file.Notification(1, ("response_body", cutInsideAnEmoji));
        await file.Notification(2, ("response_body", halfASurrogatePair), ("response_status", 500));
        await file.Notification(3, ("response_body", Encoding.UTF8.GetBytes("a\0b")), ("response_status", null));
        await file.Notification(4, ("response_body", new string('r', 1500)), ("response_status", "204"), ("sent_at", "jamais"));
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(file, database);

        Reason(report, "webhook_notifications", 1).ShouldBe("response_body holds bytes that are not text: shown as \uFFFD");
        Reason(report, "webhook_notifications", 2).ShouldBe("response_body holds bytes that are not text: shown as \uFFFD");
        Reason(report, "webhook_notifications", 3).ShouldBe("response_body holds bytes that are not text: shown as \uFFFD");
        Reason(report, "webhook_notifications", 4).ShouldBe("sent_at 'jamais' is not a date: left empty; sent_at is 2025-11-01 08:00:00 UTC, from created_at; response_body has 1500 characters: cut to 1000");
        await using var db = database.CreateDbContext();
        var rows = await db.WebhookNotifications.OrderBy(row => row.Id).ToListAsync();
        rows[0].ResponseBody.ShouldBe("OK \uFFFD");
        rows[1].ResponseBody!.ShouldStartWith("OK \uFFFD");
        rows[2].ResponseBody.ShouldBe("a\uFFFDb");
        rows[3].ResponseBody!.Length.ShouldBe(1000);
        rows.Select(row => (row.Status, row.Cause)).ShouldBe(
        [
            (NotificationStatus.Delivered, null),
            (NotificationStatus.Dead, NotificationCause.FailedInOldSystem),
            (NotificationStatus.Dead, NotificationCause.FailedInOldSystem),
            (NotificationStatus.Delivered, null),
        ]);
    }

    [Fact]
    public async Task A_file_in_UTF_16_is_read_too()
    {
        var file = await LegacyFile.CreateAsync("UTF-16le");
        await file.Ticket(2, ("title", "Fuite d’huile 🔥"));
        await using var database = await TestDatabase.CreateAsync();

        var report = await Import(file, database);

        report.Tables.Sum(table => table.Repaired).ShouldBe(0);
        (await database.ScalarAsync("SELECT title FROM tickets WHERE id = 2")).ShouldBe("Fuite d’huile 🔥");
    }

    [Fact]
    public async Task Rows_that_are_still_in_the_files_log_are_read()
    {
        var file = await LegacyFile.CreateAsync();
        await using var writer = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file.Path};Pooling=False");
        await writer.OpenAsync();
        await using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; INSERT INTO tickets (id, ticket_id, title, description, status, priority, reported_by, machine_id, created_at) VALUES (2, 'IGP-2', 'Dans le journal', 'x', 'received', 'low', 1, 1, '2025-11-01 08:00:00')";
        await command.ExecuteNonQueryAsync();
        await using var database = await TestDatabase.CreateAsync();

        (await Import(file, database)).Of("tickets").Imported.ShouldBe(2);
    }

    [Fact]
    public async Task An_older_version_of_the_old_system_lacks_columns_and_tables()
    {
        var file = await LegacyFile.CreateAsync();
        await file.ExecuteAsync("ALTER TABLE tickets DROP COLUMN scheduled_date");
        await file.ExecuteAsync("ALTER TABLE tickets DROP COLUMN reporter_name");
        await file.ExecuteAsync("DROP TABLE webhook_notifications");
        await file.ExecuteAsync("CREATE TABLE push_subscriptions (id INTEGER)");
        await using var database = await TestDatabase.CreateAsync();

        var report = await Import(file, database);

        report.Of("tickets").Imported.ShouldBe(1);
        report.NotImported.ShouldBe([("webhook_notifications", 0, "the file has no such table"), ("push_subscriptions", 0, "unknown table")]);
        report.ToString().ShouldContain("push_subscriptions (0 rows): unknown table");
    }

    private static string? Reason(ImportReport report, string table, int id) =>
        report.Of(table).Rows.SingleOrDefault(row => row.Id == $"{id}")?.Reason;

    private Task<ImportReport> Import(LegacyFile file, TestDatabase database) =>
        LegacyFile.ImportInto(database, clock).ExecuteAsync(file.Path, isDryRun: false, TestContext.Current.CancellationToken);
}
