namespace MaintenanceApp.Components;

/// <summary>One choice of a <c>FilterChip</c>.</summary>
/// <param name="Value">As in the address.</param>
/// <param name="Text">As shown.</param>
public sealed record FilterOption(string Value, string Text);
