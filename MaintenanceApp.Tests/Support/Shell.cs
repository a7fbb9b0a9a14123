using System.Diagnostics;

namespace MaintenanceApp.Tests.Support;

/// <summary>Programs of the operating system: mount, chattr, pg_ctl.</summary>
public static class Shell
{
    /// <summary>Standard output is thrown away; a server left behind would keep it open.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds its errors.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        if (await TryAsync(program, arguments) is var code && code != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}");
        }
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> TryAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/tmp" };
        foreach (var argument in (string[])["-c", "\"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
