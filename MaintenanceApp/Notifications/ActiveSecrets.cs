using System.Security.Cryptography;
using System.Text;

namespace MaintenanceApp.Notifications;

/// <summary>The secrets of one purpose that count at this instant, in clear: never logged, never shown.</summary>
/// <param name="Values">The current one, then the one in its grace period; those that can be read.</param>
/// <param name="IsUnreadable">
/// Secrets are set and none can be decrypted: whoever needs one stops, instead of doing without.
/// </param>
public sealed record ActiveSecrets(IReadOnlyList<string> Values, bool IsUnreadable)
{
    /// <summary>Compares in constant time with every active secret; hashing first hides the length too.</summary>
    public bool Accepts(string? presented)
    {
        var candidate = SHA256.HashData(Encoding.UTF8.GetBytes(presented ?? ""));
        var accepted = false;
        foreach (var secret in Values)
        {
            accepted |= CryptographicOperations.FixedTimeEquals(candidate, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        }

        return accepted;
    }

    /// <summary>Values stay out of logs and exception messages.</summary>
    public override string ToString() => $"{Values.Count} secrets{(IsUnreadable ? ", unreadable" : "")}";
}
