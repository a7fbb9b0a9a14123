using MaintenanceApp.Data;
using MaintenanceApp.LegacyImport;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.LegacyImport;

/// <summary>The command line as an operator uses it: a process, its output, its exit code.</summary>
public sealed class ImportCommandTests
{
    private readonly FakeClock clock = new();

    [Fact]
    public async Task Import_prints_the_report_and_a_second_run_changes_nothing()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);

        var rehearsal = await Run(database, "import", LegacyFile.Sample, "--dry-run");
        rehearsal.ExitCode.ShouldBe(0, rehearsal.Output);
        rehearsal.Output.ShouldContain("(dry run: nothing is kept)");
        (await database.ScalarAsync("SELECT count(*) FROM tickets")).ShouldBe(0L);

        var first = await Run(database, "import", LegacyFile.Sample);
        first.ExitCode.ShouldBe(0, first.Output);
        Lines(first.Output).ShouldContain("users 11 10 0 0 1");
        Lines(first.Output).ShouldContain("machines 9 9 0 0 0");
        Lines(first.Output).ShouldContain("tickets 12 12 0 0 0");
        first.Output.ShouldContain("messages (1 rows): there is no messaging in MaintenanceApp yet");

        var second = await Run(database, "import", LegacyFile.Sample);
        second.ExitCode.ShouldBe(0, second.Output);
        Lines(second.Output).ShouldContain("tickets 12 0 0 0 12");
        (await database.ScalarAsync("SELECT count(*) FROM tickets")).ShouldBe(12L);
    }

    [Fact]
    public async Task A_dirty_file_is_imported_and_every_repair_is_printed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await LegacyFile.CreateAsync();
        await file.Ticket(2, ("scheduled_date", "demain\u001b[31m"));
        await file.Comment(7, ("ticket_id", 99));

        var report = await LegacyFile.ImportInto(database, clock).ExecuteAsync(file.Path, isDryRun: false, TestContext.Current.CancellationToken);

        report.ToString().ShouldContain("  tickets 2: repaired: scheduled_date 'demain [31m' is not a date: left empty");
        report.ToString().ShouldContain("  ticket_comments 7: skipped: its ticket '99' no longer exists");
    }

    [Fact]
    public async Task What_is_not_the_old_systems_database_is_refused_in_one_sentence()
    {
        await using var database = await TestDatabase.CreateAsync();
        var text = TestDatabase.TemporaryPath(".sqlite");
        await File.WriteAllTextAsync(text, "Ceci n’est pas une base de données, seulement du texte.");
        var empty = TestDatabase.TemporaryPath(".sqlite");
        await File.WriteAllTextAsync(empty, "");
        await using var own = await TestDatabase.CreateAsync();
        var half = await LegacyFile.CreateAsync();
        await half.ExecuteAsync("ALTER TABLE tickets DROP COLUMN title");

        var run = await Run(database, "import", "/nulle/part.sqlite");
        run.ExitCode.ShouldBe(1, run.Output);
        run.Output.ShouldContain("There is no file /nulle/part.sqlite.");
        run.Output.ShouldNotContain("   at ");
        await Refused(database, text, $"{text} cannot be read as a SQLite database");
        await Refused(database, empty, $"{empty} is not a database of the old system: it has no table users.");
        await Refused(database, own.FilePath, $"{own.FilePath} is a database of MaintenanceApp itself");
        await Refused(database, half.Path, $"{half.Path} is not a database of the old system: its table tickets has no column title.");
    }

    [Fact]
    public async Task A_database_with_other_tickets_is_left_alone()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new Given(database, clock).Ticket();

        await Refused(database, LegacyFile.Sample, "Nothing was imported: this database already holds other rows under the same numbers");
        (await database.ScalarAsync("SELECT count(*) FROM tickets")).ShouldBe(1L);
    }

    /// <summary>The sentence that the command prints: a process of its own for each would only repeat the start.</summary>
    private async Task Refused(TestDatabase database, string file, string reason) =>
        (await Should.ThrowAsync<LegacyImportException>(
            LegacyFile.ImportInto(database, clock).ExecuteAsync(file, isDryRun: false, TestContext.Current.CancellationToken))).Message.ShouldContain(reason);

    /// <summary>Columns separated by one space.</summary>
    private static string[] Lines(string output) =>
        [.. output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private static async Task<(int ExitCode, string Output)> Run(TestDatabase database, params string[] arguments)
    {
        await using var process = AppProcess.Start(database, arguments);
        return (await process.WaitForExitAsync(), process.Output);
    }
}
