using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace MaintenanceApp.Tests.Support;

/// <summary>
/// What a <see cref="RawReceiver"/> can do with a connection, as steps that follow each other:
/// <c>RawReceiver.Start(ReadRequest, Write("HTTP/1.1 200 OK\r\n"), Reset)</c>.
/// </summary>
public static class RawBehaviours
{
    public const string OkHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    private const int ChunkBytes = 64 * 1024;

    private static readonly Lazy<byte[]> BombMember = new(CompressedZeros);

    /// <summary>Reads one whole request; the caller who leaves before ends the script.</summary>
    public static RawStep ReadRequest { get; } = async (connection, stop) =>
    {
        if (!await connection.ReadRequestAsync(stop))
        {
            throw new EndOfStreamException("The caller left before its request was whole.");
        }
    };

    /// <summary>Does nothing more until the caller leaves.</summary>
    public static RawStep Hang { get; } = (connection, stop) => connection.WaitForCallerToLeaveAsync(stop);

    /// <summary>Cuts the connection with RST: what was sent and not yet read is lost to the caller.</summary>
    public static RawStep Reset { get; } = (connection, _) =>
    {
        connection.Socket.LingerState = new LingerOption(true, 0);
        connection.Socket.Close();
        return Task.CompletedTask;
    };

    /// <summary>Cuts in the middle of what it says: the caller gets it first.</summary>
    public static RawStep ResetOnceRead { get; } = async (connection, stop) =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
        await Reset(connection, stop);
    };

    /// <summary>Says that nothing more will come, and goes on listening.</summary>
    public static RawStep HalfClose { get; } = (connection, stop) =>
    {
        connection.Socket.Shutdown(SocketShutdown.Send);
        return connection.WaitForCallerToLeaveAsync(stop);
    };

    /// <summary>200 with a short body, and the promise to keep the connection open.</summary>
    public static RawStep Ok { get; } = Write(OkHead + "Content-Length: 2\r\nConnection: keep-alive\r\n\r\nok");

    /// <summary>Bytes that are no HTTP.</summary>
    public static RawStep Garbage { get; } = Write("SSH-2.0-OpenSSH_9.2\r\n\u0000\u0001\u0002\u00ff\u00fe{]<html>\r\n\r\n");

    public static RawStep Write(string text) => WriteBytes(Encoding.Latin1.GetBytes(text));

    public static RawStep WriteBytes(byte[] bytes) => (connection, stop) => connection.WriteAsync(bytes, stop);

    /// <summary>A whole answer; the connection closes after it. Header lines without line ends.</summary>
    public static RawStep Answer(int status, string body, params string[] headers) => Write(
        $"HTTP/1.1 {status} Essai\r\n{string.Concat(headers.Select(line => line + "\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    /// <summary>An answer whose end is the end of the connection.</summary>
    public static RawStep AnswerWithoutLength(string body) => Write($"{OkHead}\r\n{body}");

    public static RawStep Redirect(int status, string location) => Answer(status, "Ailleurs", "Location: " + location);

    /// <summary>One byte, a wait, one byte…</summary>
    public static RawStep Drip(string text, TimeSpan interval) => async (connection, stop) =>
    {
        foreach (var one in Encoding.Latin1.GetBytes(text))
        {
            await connection.WriteAsync(new[] { one }, stop);
            await Task.Delay(interval, stop);
        }
    };

    /// <summary>A head that takes minutes.</summary>
    public static RawStep DripHeaders(TimeSpan interval) => Drip(OkHead + "X-Lent: " + new string('a', 10_000) + "\r\n\r\n", interval);

    /// <summary>A head at once and a body that takes hours.</summary>
    public static RawStep DripBody(TimeSpan interval, int length = 10_000) => async (connection, stop) =>
    {
        await Write($"{OkHead}Content-Length: {length}\r\n\r\n")(connection, stop);
        await Drip(new string('b', length), interval)(connection, stop);
    };

    /// <summary>A body of this many bytes, declared and sent as fast as the caller takes it.</summary>
    public static RawStep HugeBody(long length) => async (connection, stop) =>
    {
        await Write($"{OkHead}Content-Length: {length}\r\n\r\n")(connection, stop);
        var chunk = new byte[ChunkBytes];
        Array.Fill(chunk, (byte)'c');
        for (var left = length; left > 0; left -= chunk.Length)
        {
            await connection.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)), stop);
        }
    };

    /// <summary>1 GiB of zeros in 1 MB of gzip: members of 64 MiB, one after the other.</summary>
    public static RawStep GzipBomb { get; } = async (connection, stop) =>
    {
        const int Members = 16;
        var member = BombMember.Value;
        await Write($"{OkHead}Content-Encoding: gzip\r\nContent-Length: {member.Length * Members}\r\n\r\n")(connection, stop);
        for (var count = 0; count < Members; count++)
        {
            await connection.WriteAsync(member, stop);
        }
    };

    /// <summary>Headers of about this many bytes, 1 KB each.</summary>
    public static RawStep HugeHeaders(int bytes) => async (connection, stop) =>
    {
        await Write(OkHead)(connection, stop);
        for (var number = 0; number < bytes / 1024; number++)
        {
            await Write($"X-Gros-{number}: {new string('d', 1024 - 16)}\r\n")(connection, stop);
        }

        await Write("Content-Length: 2\r\n\r\nok")(connection, stop);
    };

    /// <summary>Interim answers (100, 103) without end, never a final one.</summary>
    public static RawStep Endless1xx(int status, TimeSpan interval = default) => async (connection, stop) =>
    {
        var interim = Encoding.Latin1.GetBytes($"HTTP/1.1 {status} Patience\r\nLink: </a>; rel=preload\r\n\r\n");
        while (true)
        {
            await connection.WriteAsync(interim, stop);
            await Task.Delay(interval, stop);
        }
    };

    private static byte[] CompressedZeros()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var count = 0; count < 64; count++)
            {
                gzip.Write(zeros);
            }
        }

        return compressed.ToArray();
    }
}
