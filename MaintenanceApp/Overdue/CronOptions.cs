using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;

namespace MaintenanceApp.Overdue;

/// <summary>Section <c>Cron</c>: the route an external scheduler calls.</summary>
public sealed class CronOptions : IValidatableObject
{
    /// <summary>Up to two, so that one can be rotated without a gap. None: the route answers 503.</summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>Per caller's address.</summary>
    [Range(1, 100_000)]
    public int PermitsPerMinute { get; set; } = 6;

    /// <summary>How long the route waits for the first attempts before it answers 202.</summary>
    public TimeSpan ResponseWait { get; set; } = TimeSpan.FromSeconds(20);

    public IReadOnlyList<string> ActiveSecrets => [.. Secrets.Where(secret => !string.IsNullOrWhiteSpace(secret))];

    /// <summary>Compares in constant time with every active secret; hashing first hides the length too.</summary>
    public bool Accepts(string? presented)
    {
        var candidate = SHA256.HashData(Encoding.UTF8.GetBytes(presented ?? ""));
        var accepted = false;
        foreach (var secret in ActiveSecrets)
        {
            accepted |= CryptographicOperations.FixedTimeEquals(candidate, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        }

        return accepted;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ActiveSecrets.Count > 2)
        {
            yield return new("Cron:Secrets holds more than two secrets: the current one and the next one are enough.");
        }
    }
}
