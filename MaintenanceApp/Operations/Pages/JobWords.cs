using System.Globalization;
using MaintenanceApp.Components;
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

    /// <summary>« toutes les 5 min », « chaque jour à 3 h », or the expression where there are no words for it.</summary>
    public static string Schedule(Jobs.JobState job, IStringLocalizer<OperationTexts> texts, DurationText durations) => job switch
    {
        { Every: { } every } => texts["Every", durations.Of(every)],
        { Cron: { } cron } when cron.Split(' ') is ["0", var minute, var hour, "*" or "?", "*", "?" or "*", ..] && int.TryParse(minute, out var m) && int.TryParse(hour, out var h) =>
            texts["EachDayAt", new TimeOnly(h, m).ToString(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? "H' h 'mm" : "H:mm", CultureInfo.InvariantCulture)],
        { Cron: { } cron } => cron,
        _ => texts["OnDemandOnly"],
    };
}
