namespace MaintenanceApp.Components;

/// <summary>Marker for the words every screen shares: statuses, priorities, buttons, dates.</summary>
public sealed class SharedTexts;
