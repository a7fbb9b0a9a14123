using System.Security.Cryptography.X509Certificates;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static MaintenanceApp.Tests.Support.RawBehaviours;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 9: bad certificates and handshakes that stall; not a byte of the request reaches such a receiver.</summary>
[Trait("Case", "9")]
public sealed class Case09TlsTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestCertificates certificates = new();

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_a_tls_failure_and_no_byte_leaves()
    {
        await using var raw = RawReceiver.Start();
        foreach (var certificate in new[] { certificates.Good, certificates.Expired, certificates.NotYetValid, certificates.WrongHost, certificates.SelfSigned })
        {
            raw.Next([RawTls.Handshake(certificate), ReadRequest, Ok]);
            var result = await new OnePost().ToAsync(raw.UrlOf("https", "localhost"));

            (result.Outcome, result.Status, result.BytesSent, result.IsConfigurationFault, result.IsTransient).ShouldBe((AttemptOutcome.Tls, null, false, true, false), result.Error);
            result.Error!.ShouldStartWith("tls_refused: ");
            result.RemoteAddress.ShouldBe($"127.0.0.1:{raw.Port}");
            (result.Phases.ConnectMs is not null, result.Phases.TlsMs, result.Phases.FirstByteMs).ShouldBe((true, null, null));
        }

        await raw.WaitUntilIdleAsync();
        (raw.Connections.Count, raw.BytesReceived).ShouldBe((5, 0));
    }

    [Fact]
    public async Task A_handshake_that_stalls_is_a_timeout_that_is_tried_again()
    {
        await using var raw = RawReceiver.Start(RawTls.Stall);
        var result = await new OnePost(connectSeconds: 0.7).ToAsync(raw.UrlOf("https", "127.0.0.1"));

        (result.Outcome, result.BytesSent, result.IsTransient, result.IsUnknown).ShouldBe((AttemptOutcome.Timeout, false, true, false), result.Error);
        result.Error!.ShouldStartWith("tls_timeout: ");
        result.Duration.TotalSeconds.ShouldBeInRange(0.65, 5);
        raw.BytesReceived.ShouldBe(0);
    }

    [Fact]
    public async Task A_handshake_that_is_cut_is_a_reset_that_is_tried_again()
    {
        foreach (RawStep[] script in new RawStep[][] { [RawTls.Cut], [RawTls.Cut, Reset], [Reset], [] })
        {
            await using var raw = RawReceiver.Start(script);
            var result = await new OnePost().ToAsync(raw.UrlOf("https", "127.0.0.1"));

            // A reset at once may come while the connection is still being made.
            result.Outcome.ShouldBeOneOf(AttemptOutcome.Reset, AttemptOutcome.Connect);
            (result.BytesSent, result.IsTransient, result.IsUnknown).ShouldBe((false, true, false), result.Error);
            raw.BytesReceived.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Plain_http_on_the_tls_port_is_a_failure_and_no_byte_leaves()
    {
        await using var raw = RawReceiver.Start(RawTls.PlainHttp);
        var result = await new OnePost().ToAsync(raw.UrlOf("https", "127.0.0.1"));

        (result.Outcome, result.BytesSent).ShouldBe((AttemptOutcome.Tls, false), result.Error);
        raw.BytesReceived.ShouldBe(0);
    }

    /// <summary>Only here is the authority trusted: <c>SSL_CERT_FILE</c> of the process, as an operator would for a private one.</summary>
    [Theory(Explicit = true)]
    [Trait("Category", "Faults")]
    [InlineData("good", AttemptOutcome.Accepted)]
    [InlineData("expired", AttemptOutcome.Tls)]
    [InlineData("not yet valid", AttemptOutcome.Tls)]
    [InlineData("wrong host", AttemptOutcome.Tls)]
    [InlineData("self-signed", AttemptOutcome.Tls)]
    public async Task With_the_authority_trusted_only_the_good_certificate_is_accepted(string kind, AttemptOutcome expected)
    {
        X509Certificate2 certificate = kind switch
        {
            "good" => certificates.Good,
            "expired" => certificates.Expired,
            "not yet valid" => certificates.NotYetValid,
            "wrong host" => certificates.WrongHost,
            _ => certificates.SelfSigned,
        };
        await using var raw = RawReceiver.Start(RawTls.Handshake(certificate), ReadRequest, Ok);
        await using var database = await TestDatabase.CreateAsync();
        await new Given(database, TimeProvider.System).OverdueTicket();
        await using var app = await AppProcess.ServeAsync(database, new Dictionary<string, string?>
        {
            ["Webhook:Url"] = raw.UrlOf("https", "localhost"),
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Notifier:FirstScanDelay"] = "00:00:00.1",
            ["SSL_CERT_FILE"] = certificates.AuthorityFile(),
        });
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        WebhookAttempt? attempt = null;
        for (var waited = 0; waited < 400 && attempt is not { DurationMs: not null }; waited++)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await using var db = database.CreateDbContext();
            attempt = await db.WebhookAttempts.AsNoTracking().FirstOrDefaultAsync(TestContext.Current.CancellationToken);
        }

        attempt.ShouldNotBeNull(app.Output);
        attempt.Outcome.ShouldBe(expected, attempt.Error);
        raw.Requests.Count.ShouldBe(expected == AttemptOutcome.Accepted ? 1 : 0);
        (attempt.TlsMs is not null).ShouldBe(expected == AttemptOutcome.Accepted);
        if (expected == AttemptOutcome.Tls)
        {
            raw.BytesReceived.ShouldBe(0);
        }

        output.WriteLine($"{attempt.Outcome}, {raw.BytesReceived} bytes of the request at the receiver; {attempt.Error}");
    }

    public void Dispose() => certificates.Dispose();
}
