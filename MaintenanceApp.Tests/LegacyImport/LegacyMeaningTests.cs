using MaintenanceApp.LegacyImport;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using Microsoft.Data.Sqlite;

namespace MaintenanceApp.Tests.LegacyImport;

/// <summary>What a file of the old system says is read as it was meant, or asked for; never guessed.</summary>
public sealed class LegacyMeaningTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2,0", null)]
    [InlineData("1,000", null)]
    [InlineData("2.5", null)]
    [InlineData("2.0", 2)]
    [InlineData(" 2 ", 2)]
    [InlineData("-2", -2)]
    [InlineData("2e1", null)]
    [InlineData("$2", null)]
    public void A_number_is_read_as_it_is_meant_or_not_at_all(string written, int? meant) => new LegacyCell(written, false).Number().ShouldBe(meant);

    [Fact]
    public async Task A_person_written_with_a_comma_is_left_out_and_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("assigned_to", "2,0"));
        var report = await LegacyFile.ImportInto(database, new FakeClock()).ExecuteAsync(file.Path, isDryRun: false, Stop);
        report.Of("tickets").Rows.Single(row => row.Id == "2").Reason.ShouldContain("assigned_to '2,0' is not a number: left empty");
        (await database.ScalarAsync("SELECT assigned_to FROM tickets WHERE id = 2")).ShouldBeNull();
    }

    [Theory]
    [InlineData("Fermé", TicketStatus.Completed)]
    [InlineData("DONE", TicketStatus.Completed)]
    [InlineData("Terminée ", TicketStatus.Completed)]
    [InlineData("In Progress", TicketStatus.InProgress)]
    [InlineData("en-cours", TicketStatus.InProgress)]
    [InlineData("annulé", TicketStatus.Archived)]
    [InlineData("nouveau", TicketStatus.Received)]
    public async Task A_word_for_finished_or_running_work_raises_no_alarm(string word, TicketStatus meant)
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("status", word));
        var report = await LegacyFile.ImportInto(database, new FakeClock()).ExecuteAsync(file.Path, isDryRun: false, Stop);
        report.Of("tickets").Rows.Single(row => row.Id == "2").Reason.ShouldContain($"means '{MaintenanceApp.Data.Snake.Of(meant)}'");
        await using var db = database.CreateDbContext();
        db.Tickets.Single(ticket => ticket.Id == 2).Status.ShouldBe(meant);
    }

    [Fact]
    public async Task A_word_whose_meaning_is_not_certain_is_asked_for_and_nothing_is_written()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("status", "Pending"));
        await file.Ticket(3, ("status", "pending"));
        await file.Ticket(4, ("status", "???"));
        var import = LegacyFile.ImportInto(database, new FakeClock());
        var asked = await Should.ThrowAsync<LegacyImportException>(() => import.ExecuteAsync(file.Path, isDryRun: true, Stop));
        asked.Message.ShouldContain("'pending' (2)");
        asked.Message.ShouldContain("'???' (1)");
        asked.Message.ShouldContain("--status \"pending=received\"");
        (await database.ScalarAsync("SELECT count(*) FROM tickets")).ShouldBe(0L);

        await using var process = AppProcess.Start(database, ["import", file.Path, "--status", "pending=waiting_parts", "--status", "???=archived"]);
        (await process.WaitForExitAsync()).ShouldBe(0, process.Output);
        (await database.ScalarAsync("SELECT status FROM tickets WHERE id = 3")).ShouldBe("waiting_parts");
        (await database.ScalarAsync("SELECT status FROM tickets WHERE id = 4")).ShouldBe("archived");
    }

    [Fact]
    public async Task A_database_copied_without_its_log_says_what_is_missing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await LegacyFile.CreateAsync();
        await file.ExecuteAsync("DELETE FROM tickets");
        await file.ExecuteAsync("DELETE FROM machines");
        await file.ExecuteAsync("DELETE FROM users");
        await file.ExecuteAsync("PRAGMA journal_mode = WAL");

        // As somebody copies it while the old system runs: the file alone, the rows still in the log.
        await using var running = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file.Path, Pooling = false }.ConnectionString);
        await running.OpenAsync(Stop);
        await using (var command = running.CreateCommand())
        {
            command.CommandText = "INSERT INTO users (id, email, full_name, role) VALUES (1, 'a@usine.invalid', 'Anne', 'admin')";
            await command.ExecuteNonQueryAsync(Stop);
        }

        var copy = TestDatabase.TemporaryPath(".sqlite");
        File.Copy(file.Path, copy);
        var refused = await Should.ThrowAsync<LegacyImportException>(() => LegacyFile.ImportInto(database, new FakeClock()).ExecuteAsync(copy, isDryRun: false, Stop));
        refused.Message.ShouldContain("holds no user, machine or ticket");
        refused.Message.ShouldContain($"{Path.GetFileName(copy)}-wal is not beside it");

        File.Copy(file.Path + "-wal", copy + "-wal");
        (await LegacyFile.ImportInto(database, new FakeClock()).ExecuteAsync(copy, isDryRun: true, Stop)).Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_may_lack_its_last_changes_is_imported_with_a_warning()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await LegacyFile.CreateAsync();
        await file.ExecuteAsync("PRAGMA journal_mode = WAL");
        var report = await LegacyFile.ImportInto(database, new FakeClock()).ExecuteAsync(file.Path, isDryRun: false, Stop);
        report.Notes.ShouldHaveSingleItem().ShouldContain("may lack its last changes");
        report.ToString().ShouldContain("Look at this:");
    }
}
