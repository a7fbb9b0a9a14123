namespace MaintenanceApp.Operations;

/// <summary>Marker for the words of the overview.</summary>
public sealed class OverviewTexts;
