using System.Security.Cryptography;

namespace MaintenanceApp.Notifications;

/// <summary>Makes the idempotency key of a notification (Standard Webhooks, header <c>webhook-id</c>).</summary>
public static class WebhookIds
{
    /// <summary>It goes into a header and under the signature.</summary>
    /// <exception cref="FormatException">There is none, or it holds what a header cannot.</exception>
    public static string Require(string? id) =>
        id is { Length: > 0 } && id.All(letter => letter is > ' ' and <= '~') ? id : throw new FormatException($"'{id}' is not a webhook-id.");

    /// <summary>More than 120 random bits: unique over processes and restarts without asking anyone.</summary>
    public static string New() => "msg_" + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 22);
}
