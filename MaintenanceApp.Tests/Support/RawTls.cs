using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MaintenanceApp.Tests.Support;

/// <summary>TLS steps of a <see cref="RawReceiver"/>.</summary>
public static class RawTls
{
    /// <summary>From here on the connection speaks TLS with this certificate.</summary>
    public static RawStep Handshake(X509Certificate2 certificate) => async (connection, stop) =>
    {
        var tls = new SslStream(connection.Stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        connection.Stream = tls;
    };

    /// <summary>Takes the client's hello and says nothing: a handshake that stalls.</summary>
    public static RawStep Stall { get; } = async (connection, stop) =>
    {
        await TakeHelloAsync(connection, stop);
        while (await connection.Stream.ReadAsync(new byte[1024], stop) > 0)
        {
            // Whatever the caller says, no answer.
        }
    };

    /// <summary>Takes the client's hello and closes.</summary>
    public static RawStep Cut { get; } = TakeHelloAsync;

    /// <summary>Takes the client's hello and answers in plain HTTP, as a receiver behind the wrong port does.</summary>
    public static RawStep PlainHttp { get; } = async (connection, stop) =>
    {
        await TakeHelloAsync(connection, stop);
        await RawBehaviours.Answer(400, "The plain HTTP request was sent to HTTPS port")(connection, stop);
    };

    private static async Task TakeHelloAsync(RawConnection connection, CancellationToken stop)
    {
        // Not through the connection's own reading: these bytes are no request.
        await connection.Stream.ReadAtLeastAsync(new byte[16 * 1024], 6, throwOnEndOfStream: false, stop);
    }
}
