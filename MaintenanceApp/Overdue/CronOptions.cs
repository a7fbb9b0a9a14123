using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Notifications;

namespace MaintenanceApp.Overdue;

/// <summary>Section <c>Cron</c>: the route an external scheduler calls.</summary>
public sealed class CronOptions : IValidatableObject
{
    /// <summary>Up to two, so that one can be rotated without a gap. None: those of the Settings page, see <see cref="SecretVault"/>.</summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>Per caller's address.</summary>
    [Range(1, 100_000)]
    public int PermitsPerMinute { get; set; } = 6;

    /// <summary>How long the route waits for the first attempts before it answers 202.</summary>
    public TimeSpan ResponseWait { get; set; } = TimeSpan.FromSeconds(20);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Count(secret => !string.IsNullOrWhiteSpace(secret)) > SecretVault.MostActive)
        {
            yield return new("Cron:Secrets holds more than two secrets: the current one and the next one are enough.");
        }
    }
}
