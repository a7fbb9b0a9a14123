using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// The application as an operator starts it: a process of its own, a real port, a real clock. For what a process in
/// common cannot show: a second process on the same file, a kill in the middle of a run, the command line.
/// </summary>
public sealed partial class AppProcess : IAsyncDisposable
{
    /// <summary>A published application to start instead of the one built for the tests; scripts/faults.sh sets it.</summary>
    private const string ProgramVariable = "MAINTENANCE_PROGRAM";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private static readonly string Program = Environment.GetEnvironmentVariable(ProgramVariable) is { Length: > 0 } published
        ? published
        : Path.Combine(AppContext.BaseDirectory, "MaintenanceApp.dll");

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything written so far, standard output and error.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Where it listens; see <see cref="ServeAsync"/>.</summary>
    public Uri Url => listening.Task.IsCompletedSuccessfully ? listening.Task.Result : throw new InvalidOperationException("The process does not listen yet.");

    public bool HasExited => process.HasExited;

    /// <summary>Of the operating system.</summary>
    public int Id => process.Id;

    /// <summary>Memory in use now, bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Of all its threads, since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>To disk, since it started (Linux: proc(5), <c>write_bytes</c>).</summary>
    public long BytesWritten => long.Parse(
        File.ReadLines($"/proc/{process.Id}/io").Single(line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The most memory it has ever had in use, bytes.</summary>
    public long PeakWorkingSet
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts the web application and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended first; the message holds its output.</exception>
    public static async Task<AppProcess> ServeAsync(TestDatabase database, IReadOnlyDictionary<string, string?>? settings = null, string environment = "Testing")
    {
        var app = Start(database, [], settings, environment);
        var ended = app.process.WaitForExitAsync();
        if (await Task.WhenAny(app.listening.Task, ended, Task.Delay(StartLimit)) == app.listening.Task)
        {
            return app;
        }

        var cause = ended.IsCompleted ? "ended" : $"did not listen within {StartLimit.TotalSeconds} s";
        var output = app.Output;
        await app.DisposeAsync();
        throw new InvalidOperationException($"MaintenanceApp {cause}:\n{output}");
    }

    /// <summary>Starts it with arguments, as on the command line (<c>import file.sqlite</c>), and does not wait.</summary>
    public static AppProcess Start(
        TestDatabase database,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? settings = null,
        string environment = "Testing")
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Program),
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Database__Provider"] = database.Provider.ToString();
        start.Environment["ConnectionStrings__Maintenance"] = database.ConnectionString;
        start.Environment["DataProtection__KeysDirectory"] = TestDatabase.TemporaryPath(".keys");
        start.Environment["Demo__Enabled"] = "false";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new AppProcess(start);
    }

    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It still runs; the message holds its output. Default 60 s.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? StartLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"MaintenanceApp still runs:\n{Output}");
        }
    }

    /// <exception cref="TimeoutException">It did not write this within 60 s; the message holds its output.</exception>
    public async Task WaitForOutputAsync(string text)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"MaintenanceApp did not write '{text}':\n{Output}");
            }
        }
    }

    /// <summary>As <c>kill -TERM</c> and a service manager's stop: asks it to end, and does not wait.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>As <c>kill -9</c>: no shut-down, nothing saved.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(new Uri(match.Groups["url"].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)")]
    private static partial Regex Listening();
}
