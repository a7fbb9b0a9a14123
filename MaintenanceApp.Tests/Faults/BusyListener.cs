using System.Net;
using System.Net.Sockets;

namespace MaintenanceApp.Tests.Faults;

/// <summary>
/// A receiver whose queue of connections is full: a caller's handshake waits until it relents. Holds a post exactly
/// between its claim and its first byte.
/// </summary>
internal sealed class BusyListener : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> queue = [];
    private readonly CancellationTokenSource stop = new();
    private Task<int> reading = Task.FromResult(0);

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/crochet";

    public static async Task<BusyListener> StartAsync()
    {
        var busy = new BusyListener();
        busy.listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        busy.listener.Listen(1);
        while (true)
        {
            var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            busy.queue.Add(caller);
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
            try
            {
                await caller.ConnectAsync(busy.listener.LocalEndPoint!, limit.Token);
            }
            catch (OperationCanceledException)
            {
                return busy;
            }
        }
    }

    /// <summary>Takes every connection from now on; the caller's next SYN, a second or three later, succeeds.</summary>
    public void Relent() => reading = AcceptAsync();

    /// <summary>Everything that came in by any connection.</summary>
    public async Task<int> BytesOfCallersAsync()
    {
        await stop.CancelAsync();
        return await reading;
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        queue.ForEach(caller => caller.Dispose());
        stop.Dispose();
    }

    private async Task<int> AcceptAsync()
    {
        var all = new List<Task<int>>();
        try
        {
            while (true)
            {
                all.Add(ReadAsync(await listener.AcceptAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            return (await Task.WhenAll(all)).Sum();
        }
    }

    private async Task<int> ReadAsync(Socket caller)
    {
        var count = 0;
        using (caller)
        {
            try
            {
                var buffer = new byte[4096];
                while (await caller.ReceiveAsync(buffer, stop.Token) is var read && read > 0)
                {
                    count += read;
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The case has ended, or the caller has left.
            }
        }

        return count;
    }
}
