using MaintenanceApp.Hosting;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, "--urls=http://localhost:5080")]
    [InlineData(false, "--environment", "Production")]
    [InlineData(true, "import")]
    [InlineData(true, "nonsense")]
    [InlineData(true, "--help")]
    public void Settings_start_the_server_and_words_are_commands(bool isCommand, params string[] args) =>
        CommandLine.IsCommand(args).ShouldBe(isCommand);

    [Theory]
    [InlineData("Required argument 'FILE' missing", "import")]
    [InlineData("Unrecognized command or argument '--drie-run'", "import", "a.sqlite", "--drie-run")]
    [InlineData("Unrecognized command or argument 'exporter'", "exporter")]
    public async Task Wrong_arguments_print_the_usage(string error, params string[] arguments)
    {
        await using var database = await TestDatabase.CreateAsync();

        var run = await Run(database, arguments);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain(error);
        run.Output.ShouldContain("Usage:");
    }

    [Theory]
    [InlineData("Database:Provider", "Oracle", "Database:Provider is 'Oracle': it must be Sqlite or PostgreSql.")]
    [InlineData("Admin:Password", "court", "Admin:Password must have at least 8 characters.")]
    [InlineData("Admin:Email", "admin@usine.invalid", "Admin:Email and Admin:Password go together: set both or neither.")]
    [InlineData("Notifier:ScanInterval", "bientôt", "Notifier:ScanInterval: 'bientôt' is not a duration: write [days.]hh:mm:ss")]
    [InlineData("Notifier:ScanInterval", "00:07:00", "Notifier:ScanInterval is 00:07:00: it must divide a minute, an hour or a day. The nearest are 00:06:00 and 00:10:00.")]
    [InlineData("Site:Name", " ", "Site:Name must not be blank.")]
    public async Task A_wrong_setting_stops_the_start_with_its_key_and_no_stack_trace(string key, string value, string reason)
    {
        await using var database = await TestDatabase.CreateAsync();

        var run = await Run(database, [], new() { [key] = value });

        run.ExitCode.ShouldBe(1, run.Output);
        run.Output.ShouldContain(reason);
        run.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_command_on_a_database_in_use_stops_without_a_stack_trace()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var holder = new FileStream(database.FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var run = await Run(database, ["import", "a.sqlite"]);

        run.ExitCode.ShouldBe(1, run.Output);
        run.Output.ShouldContain("is already in use by another MaintenanceApp process");
        run.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public void A_fault_of_the_program_keeps_its_stack_trace()
    {
        StartErrors.Reason(new InvalidOperationException("Unable to resolve service for type 'MaintenanceApp.Users.SignIn'.")).ShouldBeNull();
        StartErrors.Reason(new InvalidOperationException("Failed to convert configuration value 'x' at 'Notifier:ScanInterval' to type 'System.TimeSpan'.")).ShouldNotBeNull();
    }

    private static async Task<(int ExitCode, string Output)> Run(TestDatabase database, string[] arguments, Dictionary<string, string?>? settings = null)
    {
        await using var process = AppProcess.Start(database, arguments, settings);
        return (await process.WaitForExitAsync(), process.Output);
    }
}
