namespace MaintenanceApp.Tickets.Calendar;

/// <summary>The calendar: a second way to see and plan the tickets.</summary>
public static class CalendarFeature
{
    public static IServiceCollection AddCalendar(this IServiceCollection services)
    {
        services.AddSingleton<CalendarQueries>();
        services.AddSingleton<PlanDates>();
        services.AddSingleton<PlanSentences>();
        services.AddSingleton<CalendarWords>();
        services.AddScoped<PlanWithUndo>();
        return services;
    }
}
