namespace MaintenanceApp.Notifications;

/// <summary>What a secret is for. Stored as snake_case text.</summary>
public enum SecretPurpose
{
    /// <summary>Signs posts (Standard Webhooks 1.0, <c>whsec_</c> + base64).</summary>
    WebhookSigning,

    /// <summary>Lets an external scheduler call <c>/api/cron</c>.</summary>
    Cron,
}

/// <summary>A secret set on the Settings page (table <c>stored_secrets</c>), encrypted and never shown again. Instants are UTC.</summary>
public sealed class StoredSecret
{
    public int Id { get; set; }

    public required SecretPurpose Purpose { get; init; }

    /// <summary>Encrypted with ASP.NET Core Data Protection; the keys live outside the database.</summary>
    public required string ProtectedValue { get; init; }

    /// <summary>The last characters, so that people can tell two apart.</summary>
    public required string Hint { get; init; }

    public required DateTime CreatedAt { get; init; }

    public int? CreatedBy { get; init; }

    /// <summary>The end of its grace period after a rotation; null = current.</summary>
    public DateTime? ExpiresAt { get; set; }
}
