using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 3: the cron route called by those who may not, and far too often. Its fast part is CronSecretTests.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "3")]
public sealed class Case03CronAbuseTests(ITestOutputHelper output)
{
    private const int Calls = 1000;
    private const int Permits = 6;
    private const string Secret = "le-secret-de-la-case-trois";

    [Theory(Explicit = true)]
    [InlineData("nothing", HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("empty bearer", HttpStatusCode.Unauthorized)]
    [InlineData("10 kB", HttpStatusCode.Unauthorized)]
    [InlineData("right", HttpStatusCode.OK)]
    [InlineData("none configured", HttpStatusCode.ServiceUnavailable)]
    public async Task A_thousand_calls_at_once_get_six_looks_at_most(string kind, HttpStatusCode permitted)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await AppProcess.ServeAsync(database, new Dictionary<string, string?>
        {
            ["Cron:Secrets:0"] = kind == "none configured" ? null : Secret,
            ["Notifier:FirstScanDelay"] = "01:00:00",
            ["Logging:LogLevel:Default"] = "Warning",
        });
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = app.Url, Timeout = TimeSpan.FromSeconds(90) };
        (await client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var memory = app.WorkingSet;
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(number => CallAsync(client, kind, number)));

        var took = watch.Elapsed;
        var counts = answers.CountBy(status => status).ToDictionary();
        output.WriteLine(FormattableString.Invariant(
            $"{Calls} calls in {took.TotalSeconds:0.0} s: {string.Join(", ", counts.Select(pair => $"{pair.Value} × {(int)pair.Key}"))}; process {(app.WorkingSet - memory) / 1048576.0:+0.0;-0.0} MB"));
        counts.Keys.ShouldBeSubsetOf([permitted, HttpStatusCode.TooManyRequests]);
        counts[permitted].ShouldBe(Permits);
        app.HasExited.ShouldBeFalse();
        (await client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/login", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Output.ShouldNotContain(Secret);
        app.Output.ShouldNotContain("faux-");
    }

    /// <summary>What is not HTTP at all, or much too long, is refused by the server and harms nobody.</summary>
    [Fact(Explicit = true)]
    public async Task Half_requests_and_endless_headers_leave_the_process_alive()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await AppProcess.ServeAsync(database, new Dictionary<string, string?> { ["Cron:Secrets:0"] = Secret, ["Notifier:FirstScanDelay"] = "01:00:00" });
        string[] openings =
        [
            "POST /api/rien HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + new string('a', 1_000_000),
            "POST /api/rien HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST /api/rien HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\n",
            "POST /api/rien HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
            "\0\u0001\u0002\r\n\r\n",
            "POST /api/rien HTTP/1.1\r\nHost: a\r\nAuthor",
        ];
        var held = new List<Socket>();
        foreach (var opening in Enumerable.Repeat(openings, 30).SelectMany(all => all))
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, app.Url.Port, TestContext.Current.CancellationToken);
            try
            {
                await socket.SendAsync(System.Text.Encoding.Latin1.GetBytes(opening), TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                // Refused before the end: what is wanted.
            }

            held.Add(socket);
        }

        using var client = new HttpClient { BaseAddress = app.Url, Timeout = TimeSpan.FromSeconds(30) };
        (await client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await CallAsync(client, "right", 1)).ShouldBe(HttpStatusCode.OK, "the right caller is served while the others hold their connections");
        held.ForEach(socket => socket.Dispose());
        output.WriteLine($"{held.Count} connections held; the right caller is served");
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient client, string kind, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cron/check-overdue");
        if (kind != "nothing")
        {
            request.Headers.TryAddWithoutValidation("Authorization", kind switch
            {
                "right" => "Bearer " + Secret,
                "wrong" => $"Bearer faux-{number}",
                "10 kB" => "Bearer " + new string('a', 10 * 1024),
                _ => "Bearer ",
            });
        }

        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
