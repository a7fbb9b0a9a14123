using System.Net;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using static MaintenanceApp.Tests.Support.RawBehaviours;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 8: no URL, name, literal, second look-up or redirect leads inside; the inner server sees no connection.</summary>
[Trait("Case", "8")]
public sealed class Case08InwardTests(ITestOutputHelper output)
{
    /// <summary>Public by every registry and routed nowhere: 2d00::/8 is not assigned to anyone.</summary>
    private static readonly IPAddress PublicNowhere = IPAddress.Parse("2d00::1");

    private static readonly string[] Literals =
    [
        "127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "127.0.1", "2130706433", "017700000001", "0177.0.0.1", "0x7f000001", "0x7f.0.0.1", "0x7F.1", "0.0.0.0", "0",
        "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.1", "0xC0A80001", "3232235521", "0300.0250.0.1",
        "169.254.0.1", "169.254.169.254", "2852039166", "0xA9FEA9FE", "0251.0376.0251.0376", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.2", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::c0a8:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2002:c0a8:1::1]", "[2001::7f00:1]",
        "[fc00::1]", "[fd00::2]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[ff02::1]", "[100::1]", "[2001:db8::1]",
        "utilisateur@127.0.0.1", "example.com@127.0.0.1", "127。0。0。1", "①②⑦.⓪.⓪.①",
    ];

    private static readonly string[] Names = ["localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "localhost.localdomain", "ip6-localhost"];

    [Fact]
    public async Task No_literal_leads_inside()
    {
        await using var inner = RawReceiver.StartEverywhere(ReadRequest, Ok);
        var post = new OnePost(allowPrivate: false);
        foreach (var host in Literals)
        {
            var result = await post.ToAsync(inner.UrlOf("https", host));
            result.Outcome.ShouldBe(AttemptOutcome.BlockedAddress, $"{host}: {result.Error}");
            (result.BytesSent, result.RemoteAddress, result.IsConfigurationFault, result.IsTransient).ShouldBe((false, null, true, false), host);
            result.Error!.ShouldStartWith("inner_address: ");
        }

        inner.Connections.ShouldBeEmpty();
        output.WriteLine($"{Literals.Length} literals: 0 connections, 0 bytes at the inner server");
    }

    [Fact]
    public async Task No_name_leads_inside()
    {
        await using var inner = RawReceiver.StartEverywhere(ReadRequest, Ok);
        var post = new OnePost(allowPrivate: false);
        foreach (var host in Names)
        {
            var result = await post.ToAsync(inner.UrlOf("https", host));

            // Some names are known to some machines only.
            result.Outcome.ShouldBeOneOf(AttemptOutcome.BlockedAddress, AttemptOutcome.Dns);
        }

        (await post.ToAsync(inner.UrlOf("https", "localhost"))).Outcome.ShouldBe(AttemptOutcome.BlockedAddress);
        foreach (var address in Literals.Select(literal => literal.Trim('[', ']')).Where(literal => IPAddress.TryParse(literal, out _)))
        {
            var named = new OnePost(allowPrivate: false, resolve: (_, _) => Task.FromResult(new[] { IPAddress.Parse(address), IPAddress.Loopback }));
            var result = await named.ToAsync(inner.UrlOf("https", "crochet.exemple.com"));
            result.Outcome.ShouldBe(AttemptOutcome.BlockedAddress, $"{address}: {result.Error}");
        }

        inner.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_is_looked_up_once_so_a_second_answer_changes_nothing()
    {
        await using var inner = RawReceiver.StartEverywhere(ReadRequest, Ok);
        var answers = new Queue<IPAddress[]>([[PublicNowhere], [IPAddress.Loopback], [IPAddress.Loopback]]);
        var asked = 0;
        var rebinding = new OnePost(allowPrivate: false, connectSeconds: 0.5, resolve: (_, _) =>
        {
            asked++;
            return Task.FromResult(answers.Dequeue());
        });

        var result = await rebinding.ToAsync(inner.UrlOf("https", "rebinding.exemple.com"));
        (result.Outcome, result.BytesSent, asked).ShouldBe((AttemptOutcome.Connect, false, 1), result.Error);
        (await rebinding.ToAsync(inner.UrlOf("https", "rebinding.exemple.com"))).Outcome.ShouldBe(AttemptOutcome.BlockedAddress);

        // Both at once: the inner one is not tried when the outer one does not answer.
        var both = new OnePost(allowPrivate: false, connectSeconds: 0.5, resolve: (_, _) => Task.FromResult(new[] { PublicNowhere, IPAddress.Loopback, IPAddress.IPv6Loopback }));
        (await both.ToAsync(inner.UrlOf("https", "les-deux.exemple.com"))).Outcome.ShouldBe(AttemptOutcome.Connect);
        inner.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_permission_for_private_networks_plain_http_goes_nowhere()
    {
        await using var inner = RawReceiver.StartEverywhere(ReadRequest, Ok);
        var post = new OnePost(allowPrivate: false, resolve: (_, _) => throw new InvalidOperationException("It must not even be looked up."));
        foreach (var host in new[] { "127.0.0.1", "crochet.exemple.com", "[2d00::1]" })
        {
            (await post.ToAsync(inner.UrlOf("http", host))).Outcome.ShouldBe(AttemptOutcome.BlockedAddress);
        }

        inner.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_redirect_is_followed_inside_or_outside()
    {
        await using var inner = RawReceiver.StartEverywhere(ReadRequest, Ok);
        await using var outer = RawReceiver.Start();
        var post = new OnePost();
        string[] targets = [inner.Url, inner.UrlOf("http", "localhost"), inner.UrlOf("https", "127.0.0.1"), $"//127.0.0.1:{inner.Port}/", "/ailleurs", "file:///etc/passwd", "\t", "http://[::1"];
        foreach (var status in Enumerable.Range(300, 9))
        {
            foreach (var target in targets)
            {
                outer.Next([ReadRequest, Redirect(status, target)]);
                var result = await post.ToAsync(outer.Url);
                (result.Outcome, result.Status, result.IsConfigurationFault).ShouldBe((AttemptOutcome.Redirect, status, true), $"{status} to {target}: {result.Error}");
            }
        }

        inner.Connections.ShouldBeEmpty();
        outer.Requests.Count.ShouldBe(9 * targets.Length, "one request each, none repeated");
        output.WriteLine($"{outer.Requests.Count} redirects (300 to 308 × {targets.Length} targets): 0 connections, 0 bytes at the inner server");
    }

    [Fact]
    public async Task The_whole_line_refuses_too_and_an_admin_hears_of_it()
    {
        await using var inner = RawReceiver.StartEverywhere(ReadRequest, Ok);
        await using var scene = await NotifierScene.CreateAsync(settings: [("Webhook:Url", inner.UrlOf("https", "localhost")), ("Webhook:AllowPrivateNetworks", "false")]);
        await scene.Given.OverdueTicket();

        await scene.ScanAsync();

        var attempt = (await scene.AttemptsAsync()).ShouldHaveSingleItem();
        (attempt.Outcome, attempt.RemoteAddress, attempt.ResponseStatus).ShouldBe((AttemptOutcome.BlockedAddress, null, null));
        var row = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        (row.Status, row.PossibleDuplicate).ShouldBe((NotificationStatus.Pending, false));
        (row.NextAttemptAt!.Value - scene.Clock.Now).ShouldBe(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1));
        (await scene.Database.ScalarAsync("SELECT count(*) FROM admin_notices WHERE kind = 'endpoint_refuses'")).ShouldBe(1L);
        inner.Connections.ShouldBeEmpty();
    }
}
