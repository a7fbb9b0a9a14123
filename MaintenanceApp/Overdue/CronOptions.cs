using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Notifications;

namespace MaintenanceApp.Overdue;

/// <summary>Section <c>Cron</c>: the route an external scheduler calls.</summary>
public sealed class CronOptions : IValidatableObject
{
    /// <summary>Up to two, so that one can be rotated without a gap. None: those of the Settings page, see <see cref="SecretVault"/>.</summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>Per caller's address.</summary>
    [Range(1, 100_000, ErrorMessage = "Cron:PermitsPerMinute must be between {1} and {2}.")]
    public int PermitsPerMinute { get; set; } = 6;

    /// <summary>How long the route waits for the first attempts before it answers 202.</summary>
    public TimeSpan ResponseWait { get; set; } = TimeSpan.FromSeconds(20);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ResponseWait < TimeSpan.Zero || ResponseWait > TimeSpan.FromMinutes(5))
        {
            yield return new("Cron:ResponseWait must be between 00:00:00 and 00:05:00.");
        }

        if (Secrets.Count(secret => !string.IsNullOrWhiteSpace(secret)) > SecretVault.MostActive)
        {
            yield return new("Cron:Secrets holds more than two secrets: the current one and the next one are enough.");
        }
    }
}
