using System.Net;
using System.Net.Sockets;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using static MaintenanceApp.Tests.Support.RawBehaviours;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 6: connections that are refused, unroutable, cut, half closed or stale.</summary>
[Trait("Case", "6")]
public sealed class Case06BrokenConnectionTests
{
    private static readonly OnePost Post = new();
    private static readonly OnePost Impatient = new(requestSeconds: 1, connectSeconds: 0.5);

    [Fact]
    public async Task A_closed_port_is_a_connect_failure_and_nothing_was_sent()
    {
        using var port = DeafPort.Refusing();
        var result = await Post.ToAsync(port.Url);

        (result.Outcome, result.Status, result.BytesSent, result.IsTransient, result.IsUnknown).ShouldBe((AttemptOutcome.Connect, null, false, true, false));
        result.Error!.ShouldStartWith("connect_failed: ");
        result.RemoteAddress.ShouldBeNull();
        (result.Phases.DnsMs is not null, result.Phases.ConnectMs, result.Phases.TlsMs, result.Phases.FirstByteMs).ShouldBe((true, null, null, null));
    }

    [Fact]
    public async Task An_address_that_swallows_packets_is_a_connect_failure_after_the_connect_timeout()
    {
        using var port = await DeafPort.SilentAsync();
        var result = await new OnePost(connectSeconds: 0.3).ToAsync(port.Url);

        (result.Outcome, result.BytesSent, result.IsTransient).ShouldBe((AttemptOutcome.Connect, false, true));
        result.Error.ShouldBe("connect_timeout: 0.3");
        result.Duration.TotalSeconds.ShouldBeInRange(0.25, 5);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_or_that_is_never_answered_is_a_dns_failure()
    {
        var unknown = await new OnePost(resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound)).ToAsync("http://nulle-part.invalid/crochet");
        (unknown.Outcome, unknown.BytesSent, unknown.RemoteAddress).ShouldBe((AttemptOutcome.Dns, false, null));
        unknown.Error!.ShouldStartWith("dns_failed: ");

        var empty = await new OnePost(resolve: (_, _) => Task.FromResult(Array.Empty<IPAddress>())).ToAsync("http://nulle-part.invalid/crochet");
        empty.Outcome.ShouldBe(AttemptOutcome.Dns);

        var silent = await new OnePost(connectSeconds: 0.3, resolve: async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return [];
        }).ToAsync("http://nulle-part.invalid/crochet");
        silent.Outcome.ShouldBe(AttemptOutcome.Dns);
        silent.Error!.ShouldStartWith("dns_timeout: ");
    }

    [Fact]
    public async Task One_address_of_a_name_that_answers_is_enough()
    {
        await using var raw = RawReceiver.Start(ReadRequest, Ok);
        var result = await new OnePost(resolve: (_, _) => Task.FromResult(new[] { IPAddress.Parse("127.0.0.77"), IPAddress.Loopback })).ToAsync(raw.UrlOf("http", "deux-adresses.invalid"));

        result.Outcome.ShouldBe(AttemptOutcome.Accepted, result.Error);
        result.RemoteAddress.ShouldBe($"127.0.0.1:{raw.Port}");
        raw.Requests.ShouldHaveSingleItem().Headers["Host"].ShouldBe($"deux-adresses.invalid:{raw.Port}");
    }

    public static TheoryData<string, bool> Cut => new()
    {
        { "reset before a byte is read", false },
        { "reset after the request", true },
        { "reset in mid-head", true },
        { "closed after the request", true },
        { "half closed after the request", true },
        { "half a head, then half closed", true },
        { "no HTTP", true },
    };

    [Theory]
    [MemberData(nameof(Cut))]
    public async Task A_connection_that_breaks_before_the_answer_is_a_reset(string how, bool isCertainlySent)
    {
        RawStep[] script = how switch
        {
            "reset before a byte is read" => [Reset],
            "reset after the request" => [ReadRequest, Reset],
            "reset in mid-head" => [ReadRequest, Write("HTTP/1.1 200 O"), ResetOnceRead],
            "closed after the request" => [ReadRequest],
            "half closed after the request" => [ReadRequest, HalfClose],
            "half a head, then half closed" => [ReadRequest, Write(OkHead), HalfClose],
            _ => [ReadRequest, Garbage],
        };
        var result = await Post.ToAsync(script);

        (result.Status, result.IsTransient).ShouldBe((null, true));
        if (!isCertainlySent)
        {
            // The reset may come while the connection is still being made.
            result.Outcome.ShouldBeOneOf(AttemptOutcome.Reset, AttemptOutcome.Connect);
            return;
        }

        result.Outcome.ShouldBe(AttemptOutcome.Reset, result.Error);
        result.Error!.ShouldStartWith("connection_broken: ");
        result.RemoteAddress!.ShouldStartWith("127.0.0.1:");
        result.Phases.ConnectMs.ShouldNotBeNull();
        (result.BytesSent, result.IsUnknown).ShouldBe((true, true), "nobody knows whether it was taken");
    }

    [Fact]
    public async Task Accepted_and_never_answered_ends_at_the_deadline_with_an_unknown_outcome()
    {
        foreach (RawStep[] script in new RawStep[][] { [Hang], [ReadRequest, Hang] })
        {
            var result = await Impatient.ToAsync(script);
            (result.Outcome, result.Status, result.BytesSent, result.IsUnknown).ShouldBe((AttemptOutcome.Timeout, null, true, true));
            result.Error.ShouldBe("no_answer: 1");
            result.Duration.TotalSeconds.ShouldBeInRange(0.95, 5);
            (result.Phases.ConnectMs is not null, result.Phases.TlsMs, result.Phases.FirstByteMs).ShouldBe((true, null, null));
        }
    }

    [Fact]
    public async Task An_answer_that_breaks_in_its_body_is_still_an_answer()
    {
        var cut = await Post.ToAsync(ReadRequest, Write(OkHead + "Content-Length: 100\r\n\r\nle début"), ResetOnceRead);
        (cut.Outcome, cut.Status).ShouldBe((AttemptOutcome.Accepted, 200), cut.Error);

        var refused = await Post.ToAsync(ReadRequest, Write("HTTP/1.1 500 Panne\r\nContent-Length: 100\r\n\r\nle"), HalfClose);
        (refused.Outcome, refused.Status, refused.IsUnknown, refused.Body).ShouldBe((AttemptOutcome.ServerError, 500, false, "le"), refused.Error);

        var chunked = await Post.ToAsync(ReadRequest, Write(OkHead + "Transfer-Encoding: chunked\r\n\r\nzz\r\nce n'est pas un nombre\r\n"));
        (chunked.Outcome, chunked.Status).ShouldBe((AttemptOutcome.Accepted, 200), chunked.Error);

        var endless = await Post.ToAsync(ReadRequest, AnswerWithoutLength("sans longueur"));
        (endless.Outcome, endless.Body).ShouldBe((AttemptOutcome.Accepted, "sans longueur"), endless.Error);
    }

    [Fact]
    public async Task A_connection_kept_alive_and_dropped_in_silence_is_never_used_again()
    {
        await using var raw = RawReceiver.Start(ReadRequest, Ok);
        for (var post = 1; post <= 3; post++)
        {
            var result = await Post.ToAsync(raw.Url);
            (result.Outcome, result.Body).ShouldBe((AttemptOutcome.Accepted, "ok"), result.Error);
            (result.Phases.DnsMs is not null, result.Phases.ConnectMs is not null, result.Phases.TlsMs, result.Phases.FirstByteMs is not null).ShouldBe((true, true, null, true));
        }

        raw.Connections.Select(connection => connection.Requests.Count).ShouldBe([1, 1, 1]);
        raw.Requests.ShouldAllBe(request => request.Text == OnePost.Body);
    }
}
