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

    /// <summary>The value of <c>webhook-signature</c>; null while no secret is set.</summary>
    public string? Signature { get; private init; }

    /// <summary>For the attempt's row: one header a line, in the order they are sent; the signatures redacted.</summary>
    public string HeaderLines =>
        string.Join('\n', Headers(Signature is { } all ? WebhookSignature.Redact(all) : null).Select(header => $"{header.Name}: {header.Value}"))
        + "\ncontent-type: application/json";

    private long Timestamp => new DateTimeOffset(StartedAt).ToUnixTimeSeconds();

    /// <summary>Signed with each of these secrets; with none, as it is.</summary>
    public WebhookRequest SignedWith(IReadOnlyList<string> secrets) =>
        secrets.Count == 0 ? this : this with { Signature = WebhookSignature.Of(secrets, WebhookId, Timestamp, Body) };

    private IEnumerable<(string Name, string Value)> Headers(string? signature) =>
    [
        ("user-agent", UserAgent.ToString()),
        ("webhook-id", WebhookId),
        ("webhook-timestamp", Timestamp.ToString(CultureInfo.InvariantCulture)),
        .. signature is null ? Enumerable.Empty<(string, string)>() : [(WebhookSignature.HeaderName, signature)],
    ];

    /// <summary>The headers of Standard Webhooks 1.0.</summary>
    internal HttpRequestMessage ToMessage(PacedContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var message = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content, Version = HttpVersion.Version11, Headers = { ConnectionClose = true } };
        foreach (var (name, value) in Headers(Signature))
        {
            message.Headers.Add(name, value);
        }

        return message;
    }
}
