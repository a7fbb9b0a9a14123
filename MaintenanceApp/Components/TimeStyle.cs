namespace MaintenanceApp.Components;

/// <summary>How <c>LocalTime</c> writes an instant.</summary>
public enum TimeStyle
{
    /// <summary><c>il y a 3 h</c>, a date beyond two days; kept true by the browser's clock.</summary>
    Relative,

    /// <summary><c>auj. 16 h</c>, <c>ven. 14 nov. 9 h</c>.</summary>
    Compact,

    /// <summary><c>14 h 32</c>.</summary>
    Time,

    /// <summary><c>2025-11-12 14 h 32</c>.</summary>
    Numeric,

    /// <summary><c>mercredi 12 novembre 2025, 14 h 32 (HNE)</c>.</summary>
    Full,
}
