using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MaintenanceApp.Tests.Support;

/// <summary>One thing a <see cref="RawReceiver"/> does with a connection; a script is a row of them.</summary>
public delegate Task RawStep(RawConnection connection, CancellationToken stop);

/// <summary>One TCP connection as the receiver saw it. Timestamps are monotonic (<see cref="Stopwatch.GetTimestamp"/>).</summary>
public sealed class RawConnection(Socket socket) : IDisposable
{
    private const int MaxHeadBytes = 256 * 1024;

    private readonly ConcurrentQueue<Arrival> requests = new();
    private readonly List<byte> unread = [];
    private long bytesSent;

    public Socket Socket { get; } = socket;

    public long AcceptedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The caller's address, kept because a reset socket has none.</summary>
    public IPEndPoint Caller { get; } = (IPEndPoint)socket.RemoteEndPoint!;

    /// <summary>Plain, or TLS after <see cref="RawTls.Handshake"/>.</summary>
    public Stream Stream { get; set; } = new NetworkStream(socket, ownsSocket: false);

    /// <summary>Bytes of the HTTP request read so far; those of a TLS handshake are not among them.</summary>
    public int BytesReceived { get; private set; }

    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>Requests that arrived whole, head and body.</summary>
    public IReadOnlyList<Arrival> Requests => [.. requests];

    /// <summary>What ended the script early: mostly the caller who left.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The script has run to its end and the connection is closed.</summary>
    public long? EndedAt { get; set; }

    /// <returns>False when the caller closed before a whole request had come.</returns>
    public async Task<bool> ReadRequestAsync(CancellationToken stop)
    {
        int end;
        while ((end = EndOfHead()) < 0)
        {
            if (unread.Count > MaxHeadBytes || !await ReadMoreAsync(stop))
            {
                return false;
            }
        }

        var timestamp = Stopwatch.GetTimestamp();
        var lines = Encoding.Latin1.GetString([.. unread.Take(end)]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[^1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = headers.TryGetValue("Content-Length", out var declared) ? int.Parse(declared, CultureInfo.InvariantCulture) : 0;
        while (unread.Count < end + 4 + length)
        {
            if (!await ReadMoreAsync(stop))
            {
                return false;
            }
        }

        var start = lines[0].Split(' ');
        requests.Enqueue(new Arrival(timestamp, start[0], start.ElementAtOrDefault(1) ?? "", headers, [.. unread.Skip(end + 4).Take(length)]));
        unread.RemoveRange(0, end + 4 + length);
        return true;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await Stream.WriteAsync(bytes, stop);
        await Stream.FlushAsync(stop);
        Interlocked.Add(ref bytesSent, bytes.Length);
    }

    /// <summary>Reads and forgets until the caller closes.</summary>
    public async Task WaitForCallerToLeaveAsync(CancellationToken stop)
    {
        while (await ReadMoreAsync(stop))
        {
            unread.Clear();
        }
    }

    public void Dispose()
    {
        Stream.Dispose();
        Socket.Dispose();
    }

    private async Task<bool> ReadMoreAsync(CancellationToken stop)
    {
        var buffer = new byte[8192];
        var read = await Stream.ReadAsync(buffer, stop);
        BytesReceived += read;
        unread.AddRange(buffer.AsSpan(0, read));
        return read > 0;
    }

    private int EndOfHead() => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(unread).IndexOf("\r\n\r\n"u8);
}
