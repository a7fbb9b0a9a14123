using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Demo;

/// <summary>Plays the receiver: keeps the last posts in memory and shows them as plain HTML at <c>/dev/inbox</c>.</summary>
public sealed class DemoInbox(TimeProvider clock)
{
    private const int Kept = 200;

    private readonly LinkedList<Message> messages = [];

    private sealed record Message(DateTime ReceivedAt, string WebhookId, string Body);

    public async Task ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var message = new Message(clock.GetUtcNow().UtcDateTime, request.Headers["webhook-id"].ToString(), await reader.ReadToEndAsync(cancellationToken));
        lock (messages)
        {
            messages.AddFirst(message);
            if (messages.Count > Kept)
            {
                messages.RemoveLast();
            }
        }
    }

    public string ToHtml(HtmlEncoder encoder)
    {
        Message[] received;
        lock (messages)
        {
            received = [.. messages];
        }

        var html = new StringBuilder("<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Boîte de réception de démonstration</title>")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"refresh\" content=\"5\">")
            .Append("<style>body{font:15px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{overflow:auto;background:#f1f4f2;padding:1rem;border-radius:8px}h2{font-size:1rem;margin:2rem 0 .25rem}</style>")
            .Append(CultureInfo.InvariantCulture, $"<h1>Boîte de réception de démonstration</h1><p>{received.Length} notification(s) reçue(s). Cette page joue le rôle de Pabbly Connect.</p>");
        foreach (var message in received)
        {
            var (ticket, title, pretty) = Read(message.Body);
            html.Append(CultureInfo.InvariantCulture, $"<h2>{encoder.Encode(ticket)} · {encoder.Encode(title)}</h2>")
                .Append(CultureInfo.InvariantCulture, $"<p>{OverduePayload.IsoMilliseconds(message.ReceivedAt)} · <code>{encoder.Encode(message.WebhookId)}</code></p>")
                .Append(CultureInfo.InvariantCulture, $"<pre>{encoder.Encode(pretty)}</pre>");
        }

        return html.ToString();
    }

    private static (string Ticket, string Title, string Pretty) Read(string body)
    {
        try
        {
            var json = JsonNode.Parse(body) as JsonObject;
            return (Word(json, "ticket_id"), Word(json, "title"), json?.ToJsonString(Pretty) ?? body);
        }
        catch (JsonException)
        {
            return ("?", "", body);
        }
    }

    private static string Word(JsonObject? json, string key) => json?[key]?.ToString() ?? "?";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>Without a configured URL, the receiver is this process's own inbox.</summary>
internal sealed class DemoWebhook(IServer server) : IPostConfigureOptions<WebhookOptions>
{
    public void PostConfigure(string? name, WebhookOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.Url) || server.Features.Get<IServerAddressesFeature>()?.Addresses is not { Count: > 0 } addresses)
        {
            return;
        }

        // Bound to every interface ("[::]", "0.0.0.0", "*") is reached on loopback.
        var address = BindingAddress.Parse(addresses.FirstOrDefault(text => text.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? addresses.First());
        var host = address.Host is "[::]" or "0.0.0.0" or "*" or "+" ? "127.0.0.1" : address.Host;
        if (address.Port == 0)
        {
            return;
        }

        options.Url = string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{host}:{address.Port}{DemoFeature.InboxPath}");
        options.AllowPrivateNetworks = true;
    }
}

/// <summary>The inbox has an address only once the server listens: look again then, and scan at once.</summary>
internal sealed class DemoStart(
    IHostApplicationLifetime lifetime, IOptionsMonitorCache<WebhookOptions> webhook, ScanRuns runs) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        webhook.TryRemove(Options.DefaultName);
        await runs.RequestAsync(ScanTrigger.Schedule, null, stoppingToken);
    }
}
