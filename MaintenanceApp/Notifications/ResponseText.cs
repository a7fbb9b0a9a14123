using System.Buffers;
using System.Text;

namespace MaintenanceApp.Notifications;

/// <summary>What of an answer is kept: bounded, whatever the receiver sends.</summary>
internal static class ResponseText
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxHeaderCharacters = 8 * 1024;
    private const string Redacted = "••••••••";

    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase) { "Set-Cookie", "Authorization", "WWW-Authenticate", "Authentication-Info" };

    /// <summary>One header a line.</summary>
    public static string Headers(HttpResponseMessage response)
    {
        var lines = new StringBuilder();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            lines.Append(name).Append(": ").Append(Secrets.Contains(name) ? Redacted : values.ToString()).Append('\n');
            if (lines.Length > MaxHeaderCharacters)
            {
                break;
            }
        }

        return StoredText.Cut(StoredText.Clean(lines.ToString()), MaxHeaderCharacters);
    }

    /// <summary>The first characters; of a body that stalls or breaks, what has come so far.</summary>
    public static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBodyBytes);
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            while (length < MaxBodyBytes && (read = await stream.ReadAsync(buffer.AsMemory(length, MaxBodyBytes - length), cancellationToken)) > 0)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has decided already.
        }

        var text = StoredText.Cut(StoredText.Clean(Encoding.UTF8.GetString(buffer, 0, length)), WebhookNotification.ResponseBodyMaxLength);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }
}
