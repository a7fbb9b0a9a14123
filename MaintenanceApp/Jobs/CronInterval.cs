namespace MaintenanceApp.Jobs;

/// <summary>
/// Intervals as cron expressions, which name instants, not distances: only what divides a minute, an hour or a day comes
/// round evenly. Seconds are the first of six fields, as Hangfire reads them.
/// </summary>
public static class CronInterval
{
    private static readonly SortedDictionary<TimeSpan, string> Expressions = All();

    /// <summary><c>*/5 * * * *</c> for five minutes; null for an interval that no expression can say.</summary>
    public static string? Of(TimeSpan interval) => Expressions.GetValueOrDefault(interval);

    /// <summary>The next instant that the expression of this interval names, UTC.</summary>
    public static DateTime Next(TimeSpan interval, DateTime now) => new(((now.Ticks / interval.Ticks) + 1) * interval.Ticks, DateTimeKind.Utc);

    /// <summary>The interval that an expression of ours says; null for any other.</summary>
    public static TimeSpan? Read(string cron) => Expressions.Where(known => known.Value == cron).Select(known => (TimeSpan?)known.Key).FirstOrDefault();

    /// <summary>The intervals that can be said on both sides of one that cannot, shorter first.</summary>
    public static IEnumerable<TimeSpan> Nearest(TimeSpan interval)
    {
        var shorter = Expressions.Keys.TakeWhile(known => known < interval).TakeLast(1);
        var longer = Expressions.Keys.SkipWhile(known => known <= interval).Take(1);
        return shorter.Concat(longer);
    }

    private static SortedDictionary<TimeSpan, string> All()
    {
        var all = new SortedDictionary<TimeSpan, string>();
        foreach (var count in Enumerable.Range(1, 30).Where(count => 60 % count == 0))
        {
            all[TimeSpan.FromSeconds(count)] = $"*/{count} * * * * *";
            all[TimeSpan.FromMinutes(count)] = $"*/{count} * * * *";
        }

        foreach (var count in Enumerable.Range(1, 12).Where(count => 24 % count == 0))
        {
            all[TimeSpan.FromHours(count)] = $"0 */{count} * * *";
        }

        all[TimeSpan.FromDays(1)] = "0 0 * * *";
        return all;
    }
}
