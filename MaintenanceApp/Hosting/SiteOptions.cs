using System.ComponentModel.DataAnnotations;

namespace MaintenanceApp.Hosting;

/// <summary>Section <c>Site</c>: the plant this installation serves.</summary>
public sealed class SiteOptions : IValidatableObject
{
    /// <summary>Short name; begins every new ticket number.</summary>
    [Required(ErrorMessage = "Site:Name must not be blank.")]
    [StringLength(20, ErrorMessage = "Site:Name must have at most {1} characters.")]
    public string Name { get; set; } = "IGP";

    /// <summary>
    /// The IANA id of a place, which knows its daylight-saving rules. Offsets in disguise (<c>EST</c>, <c>Etc/GMT+5</c>) are
    /// refused: half the year every date would be an hour off, without a word.
    /// </summary>
    [Required(ErrorMessage = "Site:TimeZone must not be blank.")]
    public string TimeZone { get; set; } = "America/Toronto";

    /// <summary>Language of visitors who chose none: <c>fr-CA</c> or <c>en-CA</c>.</summary>
    [Required(ErrorMessage = "Site:Culture must be fr-CA or en-CA.")]
    [AllowedValues("fr-CA", "en-CA", ErrorMessage = "Site:Culture must be fr-CA or en-CA.")]
    public string Culture { get; set; } = "fr-CA";

    /// <exception cref="TimeZoneNotFoundException">Refused at start-up, so never later.</exception>
    public TimeZoneInfo GetTimeZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsPlace(TimeZone) || !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) || !zone.HasIanaId)
        {
            yield return new ValidationResult($"Site:TimeZone is '{TimeZone}': it must be the IANA id of a place, such as America/Toronto.");
        }
    }

    // Area/Location, as the theory file of the tz database names places; Etc/ holds fixed offsets only.
    private static bool IsPlace(string id) => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.OrdinalIgnoreCase);
}
