using System.Diagnostics;
using System.Text.Json.Nodes;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>
/// The one story of every storage fault: tickets are going out, the fault begins while answers are under way, lasts,
/// and ends. Nothing may leave without a claim on record, and no accepted post may be forgotten or repeated.
/// </summary>
internal sealed class StorageTrouble(ProcessScene scene, TimeSpan lasts)
{
    private const int Tickets = 30;
    private const int BeforeTheFault = 4;

    /// <summary>Longer than it takes to begin the fault, so that answers come in the middle of it.</summary>
    private static readonly TimeSpan AnswerDelay = TimeSpan.FromSeconds(2.5);

    private string lastHealth = "";

    /// <param name="begin">Starts the fault.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>The figure.</returns>
    public async Task<string> TellAsync(Func<Task> begin, Func<Task> end)
    {
        await scene.Given.OverdueTickets(Tickets);
        scene.Receiver.Default = new Reply(Delay: AnswerDelay);
        await scene.StartAsync();
        using var client = scene.Client();
        client.Timeout = TimeSpan.FromSeconds(20);
        await scene.WaitForPostsAsync(BeforeTheFault, TimeSpan.FromSeconds(30));

        var began = Stopwatch.GetTimestamp();
        await begin();
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(AnswerDelay, "answers come in the middle of the fault");
        var atBegin = scene.Posts.Count;
        var reported = await WatchOrSayWhatItWroteAsync(client, began);
        var duringFault = scene.Posts.Count - atBegin;
        await end();
        var ended = Stopwatch.GetTimestamp();

        scene.Receiver.Default = new Reply();
        await scene.WaitForPostsAsync(scene.Posts.Count + 1, TimeSpan.FromSeconds(60));
        var resumed = Stopwatch.GetElapsedTime(ended);
        await scene.WaitUntilAllEndAsync(TimeSpan.FromMinutes(2));
        var recovered = await UntilReadyAsync(client, ended);
        reported.ShouldNotBeNull($"/health/ready never spoke of the fault: {lastHealth}");

        var held = await scene.HoldAsync();
        scene.Posts.Count.ShouldBe(Tickets, "one post per ticket, none repeated");
        held.Delivered.ShouldBe(Tickets);
        await using var db = scene.Database.CreateDbContext();
        (await db.WebhookAttempts.CountAsync(attempt => attempt.ResponseStatus == 200)).ShouldBe(Tickets, "every answer is on record, those that came in the middle of the fault too");
        return FormattableString.Invariant(
            $"fault of {lasts.TotalSeconds:0} s: {duringFault} posts left in it, claimed before; reported by /health/ready after {reported.Value.TotalSeconds:0} s; first post {resumed.TotalSeconds:0.0} s after its end, ready after {recovered.TotalSeconds:0} s; {held}");
    }

    private async Task<TimeSpan?> WatchOrSayWhatItWroteAsync(HttpClient client, long began)
    {
        try
        {
            return await WatchAsync(client, began);
        }
        catch (HttpRequestException)
        {
            var code = await scene.Process.WaitForExitAsync(TimeSpan.FromSeconds(5));
            throw new ShouldAssertException($"The program ended with {code} in the middle of the fault:\n{scene.Process.Output}");
        }
    }

    /// <summary>Until the fault has lasted as long as it should.</summary>
    /// <returns>How long it took until the health route spoke of it; null when it never did.</returns>
    private async Task<TimeSpan?> WatchAsync(HttpClient client, long began)
    {
        TimeSpan? reported = null;
        var still = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (Stopwatch.GetElapsedTime(began) < lasts)
        {
            await tick.WaitForNextTickAsync();
            using var live = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
            ((int)live.StatusCode).ShouldBe(200);
            var (word, text) = await ReadyAsync(client);
            lastHealth = text;
            if (word != "healthy")
            {
                reported ??= Stopwatch.GetElapsedTime(began);
            }

            // Those claimed before are under way for a second or two; after that nothing leaves.
            var posts = scene.Posts.Count;
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(4))
            {
                still = still == 0 ? posts : still;
                posts.ShouldBe(still, $"nothing may leave while nothing can be claimed. {text}");
            }
        }

        scene.Process.HasExited.ShouldBeFalse();
        return reported;
    }

    private static async Task<TimeSpan> UntilReadyAsync(HttpClient client, long ended)
    {
        var text = "";
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (Stopwatch.GetElapsedTime(ended) < TimeSpan.FromSeconds(60))
        {
            (var word, text) = await ReadyAsync(client);
            if (word == "healthy")
            {
                return Stopwatch.GetElapsedTime(ended);
            }

            await tick.WaitForNextTickAsync();
        }

        throw new ShouldAssertException($"/health/ready is not healthy again: {text}");
    }

    private static async Task<(string Status, string Text)> ReadyAsync(HttpClient client)
    {
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        var text = await ready.Content.ReadAsStringAsync();
        return ((string)JsonNode.Parse(text)!["status"]!, $"{(int)ready.StatusCode} {text}");
    }
}
