namespace MaintenanceApp.Notifications;

/// <summary>Texts of the notification screens: NotificationTexts.resx (French) and NotificationTexts.en.resx.</summary>
public sealed class NotificationTexts;
