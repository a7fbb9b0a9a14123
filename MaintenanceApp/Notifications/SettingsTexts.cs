namespace MaintenanceApp.Notifications;

/// <summary>Texts of the Settings page: SettingsTexts.resx (French) and SettingsTexts.en.resx.</summary>
public sealed class SettingsTexts;
