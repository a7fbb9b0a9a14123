using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MaintenanceApp.Notifications;

/// <summary>
/// Signatures of Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA256 over
/// <c>{id}.{timestamp}.{body}</c>, with a key written as <c>whsec_</c> + base64 of 24 to 64 bytes.
/// </summary>
public static class WebhookSignature
{
    public const string HeaderName = "webhook-signature";

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";
    private const string Dots = "••••";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int NewBytes = 32;

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewBytes));

    /// <summary>Whether it is <c>whsec_</c> + base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string? text) => KeyOf(text) is not null;

    /// <summary>The header's value: one signature for each secret, separated by a space, so that the receiver may know either.</summary>
    /// <param name="secrets">One, or two during a rotation.</param>
    /// <param name="webhookId">As in the header <c>webhook-id</c>.</param>
    /// <param name="timestamp">Unix seconds, as in the header <c>webhook-timestamp</c>.</param>
    /// <param name="body">The bytes on the wire.</param>
    /// <exception cref="FormatException">A secret is malformed; the message does not show it.</exception>
    public static string Of(IEnumerable<string> secrets, string webhookId, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{webhookId}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(secret =>
            Version + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret) ?? throw new FormatException("A signing secret is not whsec_ + base64 of 24 to 64 bytes."), signed))));
    }

    /// <summary>What the history keeps: how many there were. With the body beside it, a signature would let anyone replay the post.</summary>
    public static string Redact(string signatures) => string.Join(' ', signatures.Split(' ').Select(_ => Version + Dots));

    private static byte[]? KeyOf(string? secret)
    {
        if (secret is null || !secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = new byte[MostBytes + 3];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length) && length is >= LeastBytes and <= MostBytes ? key[..length] : null;
    }
}
