namespace MaintenanceApp.Data;

/// <summary>People leave fields empty or full of spaces; the database stores both as absent.</summary>
public static class Blank
{
    public static string? ToNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
