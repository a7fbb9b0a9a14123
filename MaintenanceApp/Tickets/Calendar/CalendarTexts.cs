namespace MaintenanceApp.Tickets.Calendar;

/// <summary>Marker for the words of the calendar.</summary>
public sealed class CalendarTexts;
