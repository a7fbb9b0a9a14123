using System.Security.Cryptography;

namespace MaintenanceApp.Notifications;

/// <summary>Makes the idempotency key of a notification (Standard Webhooks, header <c>webhook-id</c>).</summary>
public static class WebhookIds
{
    /// <summary>More than 120 random bits: unique over processes and restarts without asking anyone.</summary>
    public static string New() => "msg_" + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 22);
}
