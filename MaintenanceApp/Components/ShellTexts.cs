namespace MaintenanceApp.Components;

/// <summary>Marker for the words of the shell: keys, command palette, preferences, connection.</summary>
public sealed class ShellTexts;
