using System.Diagnostics;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using static MaintenanceApp.Tests.Support.RawBehaviours;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 7: answers that take for ever or have no end cost a bounded time and memory, and delay nobody else.</summary>
[Trait("Case", "7")]
public sealed class Case07SlowAndHugeTests(ITestOutputHelper output)
{
    private const double Deadline = 1.2;
    private const int MegaByte = 1024 * 1024;

    /// <summary>From one warm process to the next sample: its own garbage, timers and pages come and go.</summary>
    private const double MaxGrowthMegaBytes = 5;

    /// <summary>After each bad answer a good one, or five of them in a row would open the breaker.</summary>
    private const string Between = "a plain 200";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, RawStep> Answers = new()
    {
        ["one header byte a second"] = DripHeaders(Second),
        ["one body byte a second"] = DripBody(Second),
        ["a body of 1 GiB"] = HugeBody(1024L * MegaByte),
        ["1 GiB in gzip"] = GzipBomb,
        ["1 MB of headers"] = HugeHeaders(1_000_000),
        ["a header line of 1 MB"] = Write(OkHead + "X-Long: " + new string('e', 1_000_000) + "\r\n\r\n"),
        ["endless 100"] = Endless1xx(100),
        ["endless 103"] = Endless1xx(103),
        ["a 103 every 100 ms"] = Endless1xx(103, TimeSpan.FromMilliseconds(100)),
    };

    public static TheoryData<string> Names => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_attempt_ends_by_its_deadline_and_takes_little(string name)
    {
        await using var raw = RawReceiver.Start(ReadRequest, Answers[name]);
        var result = await new OnePost(requestSeconds: Deadline).ToAsync(raw.Url);
        await raw.WaitUntilIdleAsync();

        switch (name)
        {
            case "one body byte a second":
                (result.Outcome, result.Status).ShouldBe((AttemptOutcome.Accepted, 200), "the status has come; the body is cut at the deadline");
                result.Body!.Length.ShouldBeInRange(1, 5);
                break;
            case "a body of 1 GiB" or "1 GiB in gzip":
                (result.Outcome, result.Status).ShouldBe((AttemptOutcome.Accepted, 200), result.Error);
                result.Body!.Length.ShouldBeInRange(1, WebhookNotification.ResponseBodyMaxLength);
                result.Body.ShouldNotContain('\0');
                break;
            case "1 MB of headers" or "a header line of 1 MB":
                (result.Outcome, result.Status).ShouldBe((AttemptOutcome.Reset, null), result.Error);
                break;
            default:
                (result.Status, result.IsTransient, result.IsUnknown).ShouldBe((null, true, true), result.Error);
                break;
        }

        result.Duration.TotalSeconds.ShouldBeLessThan(Deadline + 3, "a busy machine adds a little");
        var taken = raw.Connections[0].BytesSent;
        output.WriteLine(FormattableString.Invariant($"{result.Outcome} after {result.Duration.TotalMilliseconds:0} ms, {taken / 1024} KB left the receiver"));
        if (!name.StartsWith("endless", StringComparison.Ordinal))
        {
            taken.ShouldBeLessThan(16 * MegaByte, "what two socket buffers hold, not what was offered");
        }
    }

    [Fact]
    public async Task While_one_post_hangs_the_next_leaves_at_the_pace()
    {
        await using var raw = RawReceiver.Start(ReadRequest, Ok);
        raw.Next([ReadRequest, Answers["one header byte a second"]], [ReadRequest, Answers["one body byte a second"]]);
        await using var scene = await NotifierScene.CreateAsync(settings:
            [("Webhook:Url", raw.Url), ("Notifier:SendInterval", "00:00:00.200"), ("Notifier:RequestTimeout", "00:00:04")]);
        await scene.Given.OverdueTickets(5);

        await scene.ScanAsync();

        raw.Requests.Count.ShouldBe(5);
        var starts = raw.Requests.Select(request => request.Timestamp).Order().ToArray();
        Stopwatch.GetElapsedTime(starts[0], starts[^1]).TotalSeconds.ShouldBeInRange(0.7, 3.9);
        foreach (var slow in raw.Connections.Take(2))
        {
            (slow.EndedAt is not { } ended || ended > starts[^1]).ShouldBeTrue("the last of the others left while it hung");
        }

        var rows = await scene.NotificationsAsync();
        rows.Count(row => row.Status == NotificationStatus.Delivered).ShouldBe(4, "the drip of a body has its status");
        rows.Count(row => row.Status == NotificationStatus.Pending && row.PossibleDuplicate).ShouldBe(1, "the drip of a head has none");
    }

    [Fact(Explicit = true)]
    [Trait("Category", "Faults")]
    public async Task The_process_does_not_grow()
    {
        await using var raw = RawReceiver.Start(ReadRequest, Ok);
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, TimeProvider.System);
        await using var app = await AppProcess.ServeAsync(database, new Dictionary<string, string?>
        {
            ["Webhook:Url"] = raw.Url,
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Notifier:FirstScanDelay"] = "00:00:00.1",
            ["Notifier:ScanInterval"] = "00:00:01",
            ["Notifier:RequestTimeout"] = "00:00:04",
            ["Notifier:RetryDelays:0"] = "01:00:00",

            // Garbage is taken out at once, so that what remains is what is held.
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_GCgen0size"] = "0x200000",
            ["DOTNET_GCConserveMemory"] = "9",
            ["DOTNET_TieredCompilation"] = "0",
        });
        foreach (var name in Answers.Keys.Prepend(Between))
        {
            // Once before it counts: the first of a kind loads and compiles what it needs.
            await PostAsync(raw, given, name);
            await PostAsync(raw, given, Between);
        }

        foreach (var name in Answers.Keys.Prepend(Between))
        {
            var (growth, took) = await GrowthAsync(app, raw, given, name);
            output.WriteLine(FormattableString.Invariant($"{name}: {growth:0.0} MB at most, {took.TotalSeconds:0.0} s;"));
            growth.ShouldBeLessThan(MaxGrowthMegaBytes, name);
            await PostAsync(raw, given, Between);
        }

        app.HasExited.ShouldBeFalse();
    }

    private static async Task<(double MegaBytes, TimeSpan Took)> GrowthAsync(AppProcess app, RawReceiver raw, Given given, string name)
    {
        var samples = new List<long>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        for (var count = 0; count < 80; count++)
        {
            await tick.WaitForNextTickAsync();
            samples.Add(app.WorkingSet);
        }

        var before = samples.Max();
        var watch = Stopwatch.StartNew();
        var post = PostAsync(raw, given, name);
        var peak = before;
        while (!post.IsCompleted)
        {
            await tick.WaitForNextTickAsync();
            peak = Math.Max(peak, app.WorkingSet);
        }

        await post;
        return ((peak - before) / (double)MegaByte, watch.Elapsed);
    }

    /// <summary>One ticket, answered like this.</summary>
    private static async Task PostAsync(RawReceiver raw, Given given, string name)
    {
        raw.Next([ReadRequest, Answers.GetValueOrDefault(name, Ok)]);
        var before = raw.Requests.Count;
        await given.OverdueTicket();
        await raw.WaitUntilAsync(receiver => receiver.Requests.Count > before, name);
        await raw.WaitUntilIdleAsync();
    }
}
