using System.CommandLine;
using Microsoft.Extensions.Logging.Console;

namespace MaintenanceApp.Hosting;

/// <summary>
/// <c>dotnet run --project MaintenanceApp -- import FILE</c> and its siblings. Each slice registers its own
/// <see cref="Command"/> in its <c>AddXxx</c>; without a command the process is the server.
/// </summary>
public static class CommandLine
{
    private static readonly string[] Asked = ["-h", "--help", "-?", "--version"];

    /// <summary>False for the server's own settings, such as <c>--urls=…</c>.</summary>
    public static bool IsCommand(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || Asked.Contains(first));

    /// <summary>A command's standard output is its answer, for a pipe to read; the log goes to standard error.</summary>
    public static void KeepOutputForAnswers(this WebApplicationBuilder builder, string[] args)
    {
        if (IsCommand(args))
        {
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }

    /// <summary>
    /// A file as the person meant it: <c>dotnet run --project</c> moves the process into the project's folder, but leaves
    /// the shell's own folder in <c>PWD</c>.
    /// </summary>
    public static string FullPath(string typed) =>
        Path.GetFullPath(typed, Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } shell && Path.IsPathFullyQualified(shell) ? shell : Environment.CurrentDirectory);

    /// <summary>Wrong arguments print the usage. The commands prepare the database themselves.</summary>
    /// <returns>The exit code: 0 done, 1 refused.</returns>
    public static async Task<int> RunCommandAsync(this WebApplication app, string[] args)
    {
        var root = new RootCommand("MaintenanceApp: without a command, the server.");
        foreach (var command in app.Services.GetServices<Command>())
        {
            root.Add(command);
        }

        await using (app)
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
    }
}
