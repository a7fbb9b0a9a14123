using System.Diagnostics;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;

namespace MaintenanceApp.Tests.Benchmarks;

/// <summary>Not part of the suite (explicit): scripts/bench runs it and prints its figures.</summary>
public sealed class PaceBenchmark(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(50, 500)]
    [InlineData(50, 5)]
    public async Task Fifty_posts_keep_the_pace_and_no_more(int tickets, int receiverMilliseconds)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        using (var warmUp = new HttpClient())
        {
            // The receiver's own first request is slow; what is measured is the sender.
            await warmUp.PostAsync(receiver.Url, new StringContent("{}"), TestContext.Current.CancellationToken);
        }

        await new Given(database, TimeProvider.System).OverdueTickets(tickets);
        receiver.Default = new Reply(Delay: TimeSpan.FromMilliseconds(receiverMilliseconds));
        var settings = new Dictionary<string, string?>
        {
            ["Webhook:Url"] = receiver.Url,
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Notifier:FirstScanDelay"] = "00:00:00.1",
        };

        await using var process = await AppProcess.ServeAsync(database, settings);
        IReadOnlyList<Arrival> arrivals = await receiver.WaitForAsync(tickets + 1, TimeSpan.FromMinutes(2));

        arrivals = [.. arrivals.Skip(1)];
        var times = arrivals.Select(post => post.Timestamp).Order().ToArray();
        var gaps = times.Zip(times.Skip(1), (before, after) => Stopwatch.GetElapsedTime(before, after).TotalMilliseconds).Order().ToArray();
        var last = Stopwatch.GetElapsedTime(times[0], times[^1]).TotalMilliseconds;
        var ideal = ((tickets - 1) * 200) + receiverMilliseconds;
        var sequential = tickets * (200 + receiverMilliseconds);
        output.WriteLine(FormattableString.Invariant(
            $"{tickets} posts, receiver {receiverMilliseconds} ms: last arrival {last:0} ms after the first = {last / ideal:0.000} of the ideal {ideal} ms (limit 1.05); one after the other: {sequential} ms; gaps min {gaps[0]:0.0}, median {gaps[gaps.Length / 2]:0.0}, max {gaps[^1]:0.0} ms"));
        arrivals.Select(post => post.TicketId).Distinct().Count().ShouldBe(tickets);
        last.ShouldBeLessThanOrEqualTo(1.05 * ideal);
        gaps[0].ShouldBeGreaterThanOrEqualTo(195);
    }
}
