using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MaintenanceApp.Tests.Support;

/// <summary>What the receiver does with one request.</summary>
public sealed record Reply(int Status = 200, string Body = "{\"status\":\"ok\"}", TimeSpan Delay = default)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Never answers; the connection stays open until the caller gives up.</summary>
    public bool Hangs { get; init; }

    /// <summary>Answers the head and half a body, then nothing more.</summary>
    public bool HangsInBody { get; init; }

    /// <summary>Cuts the connection instead of answering.</summary>
    public bool Resets { get; init; }

    public static Reply Hang => new() { Hangs = true };

    public static Reply Reset => new() { Resets = true };
}

/// <summary>One request as it arrived.</summary>
/// <param name="Timestamp">Monotonic (<see cref="Stopwatch.GetTimestamp"/>), taken when the head was read.</param>
/// <param name="Method">GET, POST…</param>
/// <param name="Path">With the query.</param>
/// <param name="Headers">Names compare without case.</param>
/// <param name="Body">Byte for byte.</param>
public sealed record Arrival(long Timestamp, string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public string TicketId => (string)Json["ticket_id"]!;

    public string WebhookId => Headers["webhook-id"];
}

/// <summary>
/// A real HTTP server on a loopback port that plays the webhook's receiver: answers as told (200 at first) and keeps what arrives.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentQueue<Arrival> arrivals = new();
    private readonly ConcurrentQueue<Reply> replies = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Reply>> repliesByTicket = new();
    private readonly SemaphoreSlim arrived = new(0);
    private int inFlight;
    private int maxInFlight;

    private WebhookReceiver(WebApplication server) => this.server = server;

    /// <summary>What every request gets once the given replies are used up.</summary>
    public Reply Default { get; set; } = new();

    /// <summary>Decides instead of <see cref="Default"/>, request by request.</summary>
    public Func<Arrival, Reply>? Decides { get; set; }

    public string Url => $"{server.Urls.Single()}/crochet/secret-du-chemin";

    public IReadOnlyList<Arrival> Arrivals => [.. arrivals];

    /// <summary>The most requests that were open at the same time.</summary>
    public int MaxInFlight => maxInFlight;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var server = builder.Build();
        var receiver = new WebhookReceiver(server);
        server.Run(receiver.ReceiveAsync);
        await server.StartAsync();
        return receiver;
    }

    /// <summary>The next requests get these, in order; then <see cref="Default"/>.</summary>
    public void Answer(params Reply[] next)
    {
        foreach (var reply in next)
        {
            replies.Enqueue(reply);
        }
    }

    /// <summary>The next requests get these statuses, in order; then <see cref="Default"/>.</summary>
    public void Answer(params int[] statuses) => Answer([.. statuses.Select(status => new Reply(status))]);

    /// <summary>As <see cref="Answer(Reply[])"/>, for the posts of one ticket; they come before the others.</summary>
    public void AnswerFor(string ticketId, params Reply[] next)
    {
        var queue = repliesByTicket.GetOrAdd(ticketId, _ => new());
        foreach (var reply in next)
        {
            queue.Enqueue(reply);
        }
    }

    public Task<IReadOnlyList<Arrival>> WaitForAsync(int count, TimeSpan? timeout = null) =>
        WaitForAsync(all => all.Count >= count, $"{count} posts", timeout);

    /// <exception cref="TimeoutException">Says what was awaited and what had arrived. Default 15 s.</exception>
    public async Task<IReadOnlyList<Arrival>> WaitForAsync(Func<IReadOnlyList<Arrival>, bool> condition, string awaited, TimeSpan? timeout = null)
    {
        var limit = timeout ?? TimeSpan.FromSeconds(15);
        var watch = Stopwatch.StartNew();
        while (!condition(Arrivals))
        {
            if (watch.Elapsed > limit)
            {
                throw new TimeoutException(
                    $"Waited {limit.TotalSeconds:0.#} s for {awaited}; {arrivals.Count} arrived: {string.Join(", ", Arrivals.Select(arrival => arrival.Text))}");
            }

            await arrived.WaitAsync(TimeSpan.FromMilliseconds(50));
        }

        return Arrivals;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
        arrived.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var timestamp = Stopwatch.GetTimestamp();
        var open = Interlocked.Increment(ref inFlight);
        InterlockedMax(ref maxInFlight, open);
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var headers = context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var arrival = new Arrival(timestamp, context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body.ToArray());
            arrivals.Enqueue(arrival);
            arrived.Release();
            await ReplyAsync(context, Next(arrival));
        }
        catch (OperationCanceledException)
        {
            // The caller gave up: what a hanging receiver is for.
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    private Reply Next(Arrival arrival)
    {
        if (!repliesByTicket.IsEmpty && repliesByTicket.TryGetValue(arrival.TicketId, out var queue) && queue.TryDequeue(out var own))
        {
            return own;
        }

        return replies.TryDequeue(out var reply) ? reply : Decides?.Invoke(arrival) ?? Default;
    }

    private static async Task ReplyAsync(HttpContext context, Reply reply)
    {
        if (reply.Resets)
        {
            context.Abort();
            return;
        }

        await Task.Delay(reply.Hangs ? Timeout.InfiniteTimeSpan : reply.Delay, context.RequestAborted);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (reply.HangsInBody)
        {
            await context.Response.WriteAsync(reply.Body[..(reply.Body.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        if (reply.Status is not (204 or 304))
        {
            await context.Response.WriteAsync(reply.Body, context.RequestAborted);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
