using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace MaintenanceApp.Notifications;

/// <summary>One attempt as it goes on the wire.</summary>
/// <param name="Url">The endpoint.</param>
/// <param name="WebhookId">The same on every attempt of one notification.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Body">UTF-8 JSON.</param>
public sealed record WebhookRequest(string Url, string WebhookId, DateTime StartedAt, byte[] Body)
{
    private static readonly ProductInfoHeaderValue UserAgent =
        new("MaintenanceApp", typeof(WebhookRequest).Assembly.GetName().Version?.ToString(3));

    /// <summary>For the attempt's row: one header a line, in the order they are sent.</summary>
    public string HeaderLines => string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}")) + "\ncontent-type: application/json";

    private IEnumerable<(string Name, string Value)> Headers =>
    [
        ("user-agent", UserAgent.ToString()),
        ("webhook-id", WebhookId),
        ("webhook-timestamp", new DateTimeOffset(StartedAt).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The headers of Standard Webhooks 1.0. The signature is added here when signing secrets are built (issue 3).</summary>
    internal HttpRequestMessage ToMessage(PacedContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var message = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content, Version = HttpVersion.Version11, Headers = { ConnectionClose = true } };
        foreach (var (name, value) in Headers)
        {
            message.Headers.Add(name, value);
        }

        return message;
    }
}
