namespace MaintenanceApp.Users;

/// <summary>Marker for the words of sign-in, setup and accounts.</summary>
public sealed class UserTexts;
