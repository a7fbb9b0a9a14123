using System.ComponentModel.DataAnnotations;

namespace MaintenanceApp.Hosting;

/// <summary>Section <c>Site</c>: the plant this installation serves.</summary>
public sealed class SiteOptions : IValidatableObject
{
    /// <summary>Short name; begins every new ticket number.</summary>
    [Required]
    [StringLength(20)]
    public string Name { get; set; } = "IGP";

    /// <summary>An IANA id, never an hour offset: the plant has daylight-saving time.</summary>
    [Required]
    public string TimeZone { get; set; } = "America/Toronto";

    /// <summary>Language of visitors who chose none: <c>fr-CA</c> or <c>en-CA</c>.</summary>
    [Required]
    [AllowedValues("fr-CA", "en-CA", ErrorMessage = "Site:Culture must be fr-CA or en-CA.")]
    public string Culture { get; set; } = "fr-CA";

    /// <exception cref="TimeZoneNotFoundException">Refused at start-up, so never later.</exception>
    public TimeZoneInfo GetTimeZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) || !zone.HasIanaId)
        {
            yield return new ValidationResult($"Site:TimeZone is '{TimeZone}': it must be an IANA id such as America/Toronto.");
        }
    }
}
