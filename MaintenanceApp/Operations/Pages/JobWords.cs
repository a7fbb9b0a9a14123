using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Jobs;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Operations.Pages;

/// <summary>Durations and sizes as the operations page writes them.</summary>
internal static class JobWords
{
    /// <summary><c>31 ms</c>, <c>4,1 s</c>, then <c>2 min</c>.</summary>
    public static string Took(TimeSpan took) => took switch
    {
        { TotalMilliseconds: < 1 } => "<\u00a01\u00a0ms",
        { TotalSeconds: < 1 } => took.TotalMilliseconds.ToString("0", CultureInfo.CurrentCulture) + "\u00a0ms",
        { TotalMinutes: < 1 } => took.TotalSeconds.ToString("0.#", CultureInfo.CurrentCulture) + "\u00a0s",
        _ => took.TotalMinutes.ToString("0", CultureInfo.CurrentCulture) + "\u00a0min",
    };

    /// <summary><c>412 Mo</c>, <c>38 Go</c>; in English MB and GB.</summary>
    public static string Bytes(long bytes, IStringLocalizer<OperationTexts> texts) => bytes switch
    {
        < 1L << 20 => texts["Kilobytes", (bytes / 1024d).ToString("N0", CultureInfo.CurrentCulture)],
        < 1L << 30 => texts["Megabytes", (bytes / (1024d * 1024)).ToString("N0", CultureInfo.CurrentCulture)],
        _ => texts["Gigabytes", (bytes / (1024d * 1024 * 1024)).ToString("N1", CultureInfo.CurrentCulture)],
    };

    /// <summary>In plain words; a name that has none, such as the numbers of Hangfire's jobs, stays as it is.</summary>
    public static string Name(string job, IStringLocalizer<OperationTexts> texts) => texts[$"Job.{job}"] is { ResourceNotFound: false } known ? known.Value : job;

    /// <summary>« toutes les 5 min », « chaque jour à 3 h 10 », or the expression where there are no words for it.</summary>
    public static string Schedule(JobState job, IStringLocalizer<OperationTexts> texts, DurationText durations) => job.Cron switch
    {
        null => texts["WhenDue"],
        { } cron when CronInterval.Read(cron) is { } every => texts["Every", durations.Of(every)],
        { } cron when cron.Split(' ') is [var minute, var hour, "*", "*", "*"] && int.TryParse(minute, out var m) && int.TryParse(hour, out var h) =>
            texts["EachDayAt", new TimeOnly(h, m).ToString(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? "H' h 'mm" : "H:mm", CultureInfo.InvariantCulture)],
        { } cron => cron,
    };
}
