namespace MaintenanceApp.Operations.Pages;

/// <summary>A pause that a person made, of a job or of sending. Instants are UTC.</summary>
/// <param name="At">Since.</param>
/// <param name="By">Null for pauses of older versions.</param>
/// <param name="Reason">In the person's own words.</param>
/// <param name="Until">It ends by itself then.</param>
public sealed record PauseView(DateTime At, string? By, string? Reason, DateTime? Until);

/// <summary>What the pause dialog was answered with.</summary>
/// <param name="Reason">In the person's own words; null: none given.</param>
/// <param name="Until">UTC; null: until somebody resumes.</param>
public sealed record PauseWish(string? Reason, DateTime? Until);
