using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Whatever is sent to whatever route, no answer is 5xx and none takes long.</summary>
[Trait("Case", "routes")]
public sealed class RouteFuzzTests(ITestOutputHelper output)
{
    private const int Workers = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A readiness probe says 503 where something is wrong with the machine: not the request's fault.</summary>
    private static readonly string[] MayBeUnavailable = ["/health/ready"];

    [Fact]
    public Task A_thousand_generated_calls_get_an_answer_below_500() => RunAsync(1_000);

    [Fact(Explicit = true)]
    [Trait("Category", "Faults")]
    public Task A_hundred_thousand_generated_calls_get_an_answer_below_500() => RunAsync(100_000);

    private async Task RunAsync(int calls)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MAINTENANCE_FUZZ_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"Seed {seed} (MAINTENANCE_FUZZ_SEED={seed} runs the same calls again)");
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, new FakeClock(), new Dictionary<string, string?>
        {
            ["Cron:ResponseWait"] = "00:00:00.010",
            ["Cron:PermitsPerMinute"] = "100000",
            ["Cron:Secrets:0"] = "secret-d-essai",
            ["Auth:LoginPermitsPerMinute"] = "100000",
        });
        await FillAsync(host.Given);
        var routes = Routes(host);
        using var client = host.CreateAnonymousClient();
        client.Timeout = Longest;
        var token = await SignInAsync(host);
        var (problems, statuses) = (new ConcurrentQueue<Problem>(), new ConcurrentDictionary<int, int>());
        var (watch, slowest, done) = (Stopwatch.StartNew(), new Slowest(), 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (number, stop) =>
        {
            var call = new FuzzRequest(seed, number, routes);
            var started = Stopwatch.GetTimestamp();
            var (status, answer) = await SendAsync(client, call, Volatile.Read(ref token), stop);
            slowest.See(Stopwatch.GetElapsedTime(started), call);
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status >= 500 && !(status == 503 && MayBeUnavailable.Contains(call.Route)))
            {
                problems.Enqueue(new(number, status, call, answer));
            }

            if (Interlocked.Increment(ref done) % 500 == 0)
            {
                // Calls change passwords and delete accounts too, that of the caller included.
                Volatile.Write(ref token, await SignInAsync(host));
            }
        });

        var figures = string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {pair.Key}"));
        output.WriteLine(FormattableString.Invariant($"{calls} calls of {routes.Count} routes in {watch.Elapsed.TotalSeconds:0.0} s: {figures}; slowest {slowest}"));

        // The first of each kind, with how often it came: one cause may answer for hundreds of calls of one route.
        var kinds = problems.GroupBy(problem => (problem.Status, problem.Call.Method, problem.Call.Route))
            .Select(kind => $"{kind.Count()} times, first {kind.MinBy(problem => problem.Number)}").ToList();
        if (kinds.Count > 0)
        {
            output.WriteLine(string.Join('\n', host.Logs.Where(line => line.Contains("   at MaintenanceApp.", StringComparison.Ordinal)).Take(20)));
        }

        kinds.ShouldBeEmpty($"seed {seed}");
        (statuses.Where(pair => pair.Key < 300).Sum(pair => pair.Value) / (double)calls).ShouldBeGreaterThan(0.1, "the calls are near enough to be served");
    }

    private static async Task<(int Status, string Answer)> SendAsync(HttpClient client, FuzzRequest call, string? token, CancellationToken stop)
    {
        using var message = call.ToMessage(token);
        try
        {
            using var response = await client.SendAsync(message, stop);
            return ((int)response.StatusCode, (int)response.StatusCode >= 500 ? await response.Content.ReadAsStringAsync(stop) : "");
        }
        catch (Exception exception)
        {
            // In memory there is no server between: an exception that nobody caught arrives here.
            return (599, exception.ToString()[..Math.Min(1500, exception.ToString().Length)]);
        }
    }

    private static async Task<string> SignInAsync(AppHost host)
    {
        using var client = await host.CreateClientAs(await host.Given.User(Roles.Admin));
        return client.DefaultRequestHeaders.Authorization!.Parameter!;
    }

    private static async Task FillAsync(Given given)
    {
        for (var count = 0; count < 4; count++)
        {
            await given.User(Roles.All[count].Name, email: $"e{count}@essai.invalid");
            var ticket = await given.OverdueTicket(ticketId: $"IGP-ESSAI-F{count}");
            await given.Notification(ticket, count % 2 == 0 ? NotificationStatus.Dead : NotificationStatus.Delivered);
        }
    }

    /// <summary>Every route and page but the files and the circuit, which is not HTTP.</summary>
    private static List<RouteEndpoint> Routes(AppHost host) => [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        .Where(endpoint => !endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith('_'))];

    private sealed record Problem(int Number, int Status, FuzzRequest Call, string Answer)
    {
        public override string ToString() => $"#{Number} {Status} {Call}\n  → {Answer}";
    }

    private sealed class Slowest
    {
        private readonly Lock gate = new();
        private TimeSpan time;
        private FuzzRequest? call;

        public void See(TimeSpan took, FuzzRequest seen)
        {
            lock (gate)
            {
                (time, call) = took > time ? (took, seen) : (time, call);
            }
        }

        public override string ToString() => FormattableString.Invariant($"{time.TotalMilliseconds:0} ms ({call?.Method} {call?.Route})");
    }
}
