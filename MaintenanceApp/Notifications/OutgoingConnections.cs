using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>Looks up the addresses of a host name.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>The URL leads to an address that is not public; see <c>Webhook:AllowPrivateNetworks</c>.</summary>
public sealed class BlockedAddressException(string what) : Exception(what);

/// <summary>
/// Connections to URLs that people configure. The check is on the address actually connected to: the name is looked up
/// once and one of its addresses is used, so a name that answers differently the second time (DNS rebinding) changes
/// nothing. No redirects, no proxy, no cookies, no decompression; certificates are always validated.
/// </summary>
public sealed class OutgoingConnections(ResolveHost resolve, IOptionsMonitor<WebhookOptions> webhook, IOptionsMonitor<NotifierOptions> notifier)
{
    private const int MaxResponseHeadersKilobytes = 32;

    /// <summary>
    /// A client for one request, on a connection of its own: no request is ever written to a stale connection, its
    /// trace is certainly its own, and at one post per 200 ms a handshake each costs nothing.
    /// </summary>
    public HttpMessageInvoker CreateClient(AttemptTrace trace) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            PreAuthenticate = false,
            ActivityHeadersPropagator = null, // Nothing about our traces leaves the plant.
            ConnectTimeout = notifier.CurrentValue.ConnectTimeout,
            MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
            MaxResponseDrainSize = 0,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context, trace, cancellationToken),
        },
        disposeHandler: true);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, AttemptTrace trace, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isEncrypted = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        if (!isEncrypted && !webhook.CurrentValue.AllowPrivateNetworks)
        {
            throw new BlockedAddressException("http://");
        }

        var addresses = await AddressesAsync(host, cancellationToken);
        trace.Enter(AttemptPhase.Connect);
        for (var index = 0; ; index++)
        {
            try
            {
                // An address that does not answer must leave time for the others.
                var share = notifier.CurrentValue.ConnectTimeout / (addresses.Length - index + 1);
                var stream = await ConnectAsync(new(addresses[index], port), index + 1 < addresses.Length ? share : Timeout.InfiniteTimeSpan, cancellationToken);
                trace.RemoteAddress = new IPEndPoint(addresses[index], port).ToString();
                trace.Enter(isEncrypted ? AttemptPhase.Tls : AttemptPhase.Ready);
                return stream;
            }
            catch (Exception exception) when (index + 1 < addresses.Length && !cancellationToken.IsCancellationRequested
                && exception is SocketException or OperationCanceledException)
            {
                // The next address may answer.
            }
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        var allowed = webhook.CurrentValue.AllowPrivateNetworks ? addresses : [.. addresses.Where(PublicAddress.Is)];
        return allowed.Length > 0 ? allowed : throw new BlockedAddressException($"{host} → {addresses[0]}");
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint address, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
