namespace MaintenanceApp.Components;

/// <summary>Colour of a strip.</summary>
public enum StripKind
{
    /// <summary>Red: work is late. One a page.</summary>
    Late,

    /// <summary>Ochre: an endpoint or a job is in trouble.</summary>
    Warning,

    /// <summary>Accent: good to know.</summary>
    Information,

    /// <summary>White.</summary>
    Plain,
}
