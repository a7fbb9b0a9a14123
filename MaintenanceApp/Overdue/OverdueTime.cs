using System.Globalization;

namespace MaintenanceApp.Overdue;

/// <summary>How late a ticket is, as the payload says it. Never negative.</summary>
/// <param name="Days">Whole days.</param>
/// <param name="Hours">0–23.</param>
/// <param name="Minutes">0–59.</param>
public sealed record OverdueTime(int Days, int Hours, int Minutes)
{
    public static OverdueTime Between(DateTime scheduled, DateTime now)
    {
        var late = now > scheduled ? now - scheduled : TimeSpan.Zero;
        return new((int)late.TotalDays, late.Hours, late.Minutes);
    }

    /// <summary><c>9h 26min</c>, or <c>2 jour(s) 9h 26min</c> from one day on: the words of today's e-mails.</summary>
    public override string ToString() => Days == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Hours}h {Minutes}min")
        : string.Create(CultureInfo.InvariantCulture, $"{Days} jour(s) {Hours}h {Minutes}min");
}
