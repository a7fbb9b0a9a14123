using System.Security.Cryptography;
using MaintenanceApp.Data;
using MaintenanceApp.LegacyImport;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.LegacyImport;

public sealed class ImportSampleTests
{
    private static readonly string[] Tables = ["users", "user_claims", "machines", "tickets", "ticket_timeline", "ticket_comments", "webhook_notifications"];

    private readonly FakeClock clock = new(new DateTime(2026, 11, 22, 16, 0, 0, DateTimeKind.Utc));

    [Theory, BothDatabases]
    public async Task Everything_in_the_sample_arrives(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var report = await Import(database);

        Counts(report).ShouldBe(
        [
            "users 11/10/0/0/1", "machines 9/9/0/0/0", "tickets 12/12/0/0/0",
            "ticket_timeline 12/12/0/0/0", "ticket_comments 2/2/0/0/0", "webhook_notifications 1/1/0/0/0",
        ]);
        report.Tables.SelectMany(table => table.Rows).ShouldBeEmpty();
        report.NotImported.Select(table => $"{table.Table} {table.Rows}").ShouldBe(["media 0", "messages 1", "permissions 31", "role_permissions 183", "roles 14"]);

        await using var db = database.CreateDbContext();
        (await db.Users.CountAsync()).ShouldBe(11);
        var ticket = await db.Tickets.Include(row => row.Timeline).SingleAsync(row => row.Id == 12);
        ticket.Title.ShouldBe("Broche chaude \"65 °C\" 🔥");
        ticket.Status.ShouldBe(TicketStatus.Diagnostic);
        ticket.SearchText.ShouldContain("broche chaude");
        ticket.ScheduledDate.ShouldBe(new DateTime(2026, 11, 20, 14, 18, 0, DateTimeKind.Utc));
        (await db.Tickets.SingleAsync(row => row.Id == 7)).AssignedTo.ShouldBe(User.TeamId);
        (await db.TicketTimeline.CountAsync(entry => entry.TicketId == 2)).ShouldBe(3);
        var comment = await db.TicketComments.SingleAsync(row => row.Id == 1);
        (comment.UserName, comment.UserRole, comment.UserId).ShouldBe(("Technicien Martin Tremblay", "technician", null));
        var notification = await db.WebhookNotifications.SingleAsync();
        (notification.Status, notification.Seq, notification.AttemptCount, notification.ResponseBody).ShouldBe((NotificationStatus.Delivered, null, 1, "OK"));
        notification.SentAt.ShouldBe(new DateTime(2026, 11, 20, 12, 0, 0, 510, DateTimeKind.Utc));
    }

    [Fact]
    public async Task The_sample_file_itself_does_not_change()
    {
        await using var database = await TestDatabase.CreateAsync();
        var before = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(LegacyFile.Sample)));

        await Import(database);

        Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(LegacyFile.Sample))).ShouldBe(before);
        Directory.GetFiles(Path.GetDirectoryName(LegacyFile.Sample)!, "legacy-d1-sample.sqlite*").Length.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_second_run_changes_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await Import(database);
        var before = await Dump(database);

        var report = await Import(database);

        Counts(report).ShouldAllBe(line => line.Contains("/0/0/0/", StringComparison.Ordinal));
        report.Tables.Sum(table => table.Unchanged).ShouldBe(47);
        (await Dump(database)).ShouldBe(before);
    }

    [Theory, BothDatabases]
    public async Task What_people_changed_since_survives_a_second_run(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await Import(database);
        await using (var db = database.CreateDbContext())
        {
            var ticket = await db.Tickets.SingleAsync(row => row.Id == 6);
            ticket.Reschedule(null, Actor.Application, clock.Now);
            ticket.MoveTo(TicketStatus.Completed, Actor.Application, clock.Now);
            (await db.Users.SingleAsync(row => row.Id == 5)).Email = "autre@igpglass.ca";
            await db.SaveChangesAsync();
        }

        await new Given(database, clock).OverdueTicket();
        var before = await Dump(database);

        await Import(database);

        (await Dump(database)).ShouldBe(before);
    }

    [Theory, BothDatabases]
    public async Task A_dry_run_reports_the_same_and_writes_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var before = await Dump(database);

        var rehearsal = await Import(database, isDryRun: true);

        (await Dump(database)).ShouldBe(before);
        Counts(rehearsal).ShouldBe(Counts(await Import(database)));
    }

    [Theory, BothDatabases]
    public async Task New_records_get_numbers_after_the_imported_ones(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await Import(database);
        var given = new Given(database, clock);

        (await given.User()).Id.ShouldBe(11);
        (await given.Machine()).Id.ShouldBe(10);
        var ticket = await given.Ticket();
        ticket.Id.ShouldBe(13);
        ticket.Timeline.First().Id.ShouldBe(13);
        (await given.Notification(ticket)).Id.ShouldBe(2);
    }

    private static IReadOnlyList<string> Counts(ImportReport report) =>
        [.. report.Tables.Select(table => $"{table.Table} {table.Read}/{table.Imported}/{table.Repaired}/{table.Skipped}/{table.Unchanged}")];

    private static async Task<string> Dump(TestDatabase database)
    {
        var lines = new List<string>();
        foreach (var table in Tables)
        {
            lines.AddRange((await database.QueryAsync($"SELECT * FROM {table} ORDER BY id")).Select(row => $"{table}: {string.Join('|', row.Values)}"));
        }

        return string.Join('\n', lines);
    }

    private Task<ImportReport> Import(TestDatabase database, bool isDryRun = false) =>
        LegacyFile.ImportInto(database, clock).ExecuteAsync(LegacyFile.Sample, isDryRun, TestContext.Current.CancellationToken);
}
