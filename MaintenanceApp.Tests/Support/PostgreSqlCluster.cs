using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MaintenanceApp.Tests.Support;

/// <summary>A PostgreSQL server of one test's own, which may be stopped and started again. Needs the programs of PostgreSQL on this machine.</summary>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("maintenance-cluster-").FullName;
    private readonly int port = FreePort();

    private PostgreSqlCluster()
    {
    }

    /// <summary>Null when the programs are there.</summary>
    public static string? SkipReason => Programs is null ? "PostgreSQL is not installed on this machine." : null;

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "maintenance",
        Database = "maintenance",
        MaxPoolSize = 20,
    }.ConnectionString;

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).Order().LastOrDefault()
        : null;

    private string Files => Path.Combine(folder, "cluster");

    public static async Task<PostgreSqlCluster> StartAsync()
    {
        var cluster = new PostgreSqlCluster();
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await Shell.RunAsync("chown", "postgres", cluster.folder);
        }

        await RunAsync("initdb", "-D", cluster.Files, "-U", "maintenance", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        await cluster.StartAgainAsync();
        await RunAsync("createdb", "-h", "127.0.0.1", "-p", $"{cluster.port}", "-U", "maintenance", "maintenance");
        return cluster;
    }

    public Task StartAgainAsync() => RunAsync(
        "pg_ctl", "-D", Files, "-l", Path.Combine(folder, "log"), "-w", "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=32MB", "start");

    /// <summary>As a crash: no shut-down, connections cut.</summary>
    public Task StopAtOnceAsync() => RunAsync("pg_ctl", "-D", Files, "-m", "immediate", "-w", "stop");

    public async ValueTask DisposeAsync()
    {
        await Shell.TryAsync("/bin/sh", "-c", $"{AsOwner}{Programs}/pg_ctl -D {Files} -m immediate -w stop");
        Directory.Delete(folder, recursive: true);
    }

    private static string AsOwner => Environment.IsPrivilegedProcess ? "runuser -u postgres -- " : "";

    private static Task RunAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Shell.RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(Programs!, program), .. arguments])
        : Shell.RunAsync(Path.Combine(Programs!, program), arguments);

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
