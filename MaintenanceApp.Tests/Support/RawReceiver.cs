using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// A TCP server on this machine that does with each connection what its script says, HTTP or not (see
/// <see cref="RawBehaviours"/> and <see cref="RawTls"/>), and keeps what it saw. For what <see cref="WebhookReceiver"/>, a real
/// HTTP server, cannot do.
/// </summary>
public sealed class RawReceiver : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly RawStep[] each;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<RawConnection> connections = new();
    private readonly ConcurrentQueue<RawStep[]> scripts = new();
    private readonly ConcurrentBag<Task> running = [];
    private readonly Task accepting;

    private RawReceiver(Socket listener, RawStep[] each)
    {
        this.listener = listener;
        this.each = each;
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public string Url => UrlOf("http", "127.0.0.1");

    /// <summary>In the order they were accepted.</summary>
    public IReadOnlyList<RawConnection> Connections => [.. connections];

    /// <summary>Whole requests of all connections, in order of their connections.</summary>
    public IReadOnlyList<Arrival> Requests => [.. connections.SelectMany(connection => connection.Requests)];

    /// <summary>Bytes of HTTP that came in by any connection.</summary>
    public int BytesReceived => connections.Sum(connection => connection.BytesReceived);

    /// <summary>On 127.0.0.1; every connection gets these steps, one after the other, and is then closed.</summary>
    public static RawReceiver Start(params RawStep[] each)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return new(listener, each);
    }

    /// <summary>As <see cref="Start"/>, on every address of this machine, IPv6 too where there is one.</summary>
    public static RawReceiver StartEverywhere(params RawStep[] each)
    {
        var listener = Socket.OSSupportsIPv6
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        listener.Listen();
        return new(listener, each);
    }

    /// <summary>The next connections get these scripts, in order; then the one given at the start.</summary>
    public void Next(params RawStep[][] next)
    {
        foreach (var script in next)
        {
            scripts.Enqueue(script);
        }
    }

    /// <param name="scheme">http or https: the script decides what is really spoken.</param>
    /// <param name="host">A name or literal, IPv6 in brackets.</param>
    public string UrlOf(string scheme, string host) => $"{scheme}://{host}:{Port}/crochet/secret-du-chemin";

    /// <exception cref="TimeoutException">Not so within 15 s.</exception>
    public async Task WaitUntilAsync(Func<RawReceiver, bool> condition, string awaited)
    {
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition(this))
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(15))
            {
                throw new TimeoutException($"Waited 15 s for {awaited}; {connections.Count} connections, {BytesReceived} bytes, {Requests.Count} requests.");
            }

            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>No connection is open any more.</summary>
    public Task WaitUntilIdleAsync() => WaitUntilAsync(raw => raw.connections.All(connection => connection.EndedAt is not null), "every connection to end");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(running);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new RawConnection(await listener.AcceptAsync(stop.Token));
                connections.Enqueue(connection);
                running.Add(Task.Run(() => RunAsync(connection, scripts.TryDequeue(out var script) ? script : each)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The receiver stops.
        }
    }

    private async Task RunAsync(RawConnection connection, RawStep[] script)
    {
        try
        {
            foreach (var step in script)
            {
                await step(connection, stop.Token);
            }
        }
        catch (Exception exception)
        {
            connection.Failure = exception;
        }
        finally
        {
            connection.Dispose();
            connection.EndedAt = Stopwatch.GetTimestamp();
        }
    }
}

/// <summary>A port of this machine where nobody answers: bound, so that nobody else gets it.</summary>
public sealed class DeafPort : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> queue = [];

    private DeafPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Url => $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/crochet";

    /// <summary>Refuses every connection at once, as a host does whose service is down.</summary>
    public static DeafPort Refusing() => new();

    /// <summary>Drops every SYN, as an address does that no route leads to: the queue of the listener is full.</summary>
    public static async Task<DeafPort> SilentAsync()
    {
        var port = new DeafPort();
        port.socket.Listen(1);
        while (true)
        {
            var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            port.queue.Add(caller);
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
            try
            {
                await caller.ConnectAsync(port.socket.LocalEndPoint!, limit.Token);
            }
            catch (OperationCanceledException)
            {
                return port;
            }
        }
    }

    public void Dispose()
    {
        queue.ForEach(caller => caller.Dispose());
        socket.Dispose();
    }
}
