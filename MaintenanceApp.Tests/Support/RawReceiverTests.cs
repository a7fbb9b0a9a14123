using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using static MaintenanceApp.Tests.Support.RawBehaviours;

namespace MaintenanceApp.Tests.Support;

/// <summary>The receiver that can do anything does what it says, seen by a plain <see cref="HttpClient"/>.</summary>
public sealed class RawReceiverTests
{
    private const string Body = "{\"ticket_id\":\"A-1\"}";

    [Fact]
    public async Task It_keeps_whole_requests_and_counts_bytes()
    {
        await using var raw = RawReceiver.Start(ReadRequest, Ok);
        using var client = new HttpClient();
        using var answer = await PostAsync(client, raw.Url);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("ok");
        await raw.WaitUntilIdleAsync();
        raw.Requests.ShouldHaveSingleItem().Text.ShouldBe(Body);
        raw.Requests[0].Headers["content-type"].ShouldStartWith("application/json");
        raw.BytesReceived.ShouldBeGreaterThan(Body.Length);
    }

    [Fact]
    public async Task It_resets_closes_and_talks_nonsense()
    {
        await using var raw = RawReceiver.Start(ReadRequest, Garbage);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        RawStep[][] bad =
        [
            [Reset], [ReadRequest, Reset], [ReadRequest, HalfClose], [ReadRequest, Write(OkHead), Reset],
            [ReadRequest, HugeHeaders(1_000_000)], [ReadRequest, Write(OkHead + "Content-Length: 9\r\n\r\nab"), ResetOnceRead], [ReadRequest, Garbage],
        ];
        foreach (var script in bad)
        {
            raw.Next(script);
            var cut = await Should.ThrowAsync<Exception>(() => PostAsync(client, raw.Url));
            (cut is HttpRequestException or SocketException).ShouldBeTrue("HttpClient lets the socket's own exception out when the reset comes while it writes");
        }

        raw.Connections.Count.ShouldBe(bad.Length);
        raw.Requests.Count.ShouldBe(bad.Length - 1);
    }

    [Fact]
    public async Task It_answers_without_length_and_in_gzip()
    {
        await using var raw = RawReceiver.Start(ReadRequest, AnswerWithoutLength("jusqu'au bout"));
        using var client = new HttpClient();
        (await client.GetStringAsync(raw.Url)).ShouldBe("jusqu'au bout");
        raw.Next([ReadRequest, GzipBomb]);
        (await client.GetByteArrayAsync(raw.Url)).Length.ShouldBeInRange(500_000, 20_000_000);
    }

    [Fact]
    public async Task It_speaks_tls_with_any_certificate()
    {
        using var certificates = new TestCertificates();
        await using var raw = RawReceiver.Start();
        using var careful = new HttpClient();
        foreach (var certificate in new[] { certificates.Good, certificates.Expired, certificates.WrongHost, certificates.SelfSigned })
        {
            raw.Next([RawTls.Handshake(certificate), ReadRequest, Ok]);
            var refusal = await Should.ThrowAsync<HttpRequestException>(() => PostAsync(careful, raw.UrlOf("https", "localhost")));
            refusal.InnerException.ShouldBeOfType<AuthenticationException>();
        }

        raw.BytesReceived.ShouldBe(0);
        var known = certificates.Expired;
        using var pinned = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == known.GetCertHashString() },
        });
        raw.Next([RawTls.Handshake(known), ReadRequest, Ok]);
        using var answer = await PostAsync(pinned, raw.UrlOf("https", "localhost"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        raw.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_deaf_port_refuses_or_is_silent()
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        using var refusing = DeafPort.Refusing();
        (await Should.ThrowAsync<HttpRequestException>(() => PostAsync(client, refusing.Url))).HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
        using var silent = await DeafPort.SilentAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => PostAsync(client, silent.Url));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string url) =>
        client.PostAsync(url, new StringContent(Body, Encoding.UTF8, "application/json"));
}
