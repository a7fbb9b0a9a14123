using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Hosting;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations;

/// <summary>What a job did: counts for our history, and a sentence in the site's language that Hangfire keeps as its result.</summary>
public sealed class JobReports(IStringLocalizer<OperationTexts> texts, SiteClock site, IOptions<SiteOptions> options)
{
    public const string Late = "late";
    public const string Overdue = "overdue";
    public const string Created = "created";
    public const string Delivered = "delivered";
    public const string Waiting = "waiting";
    public const string Dead = "dead";
    public const string Cancelled = "cancelled";
    public const string Bodies = "bodies";
    public const string Rows = "rows";
    public const string Tickets = "tickets";
    public const string Files = "files";

    /// <param name="scanned">Null: another execution had taken the run.</param>
    public JobReport Of(Scanned? scanned) => scanned is null ? Empty("JobTaken") : Counted(JobNames.ScanOverdue, (Late, scanned.Late), (Overdue, scanned.TotalOverdue), (Created, scanned.Created));

    /// <param name="drained">Null: another drain was under way.</param>
    public JobReport Of(Drained? drained) => drained is null or { IsEmpty: true }
        ? Empty(drained is null ? "JobTaken" : "JobNothingSent")
        : Counted(JobNames.SendNotifications, (Delivered, drained.Delivered), (Waiting, drained.Waiting), (Dead, drained.Dead), (Cancelled, drained.Cancelled));

    /// <param name="purged">Null: the clock has just been set forward by more than a day.</param>
    public JobReport Of(Purged? purged) => purged is not var (bodies, rows, tickets, files)
        ? Empty("JobClockDoubtful") with { Result = JobResult.Skipped }
        : Counted(JobNames.PurgeHistory, (Bodies, bodies), (Rows, rows), (Tickets, tickets), (Files, files));

    /// <summary>« En pause depuis 2026-11-12 09:26 par Anne Roy : travaux ».</summary>
    public string Of(JobPause pause) => InSiteLanguage(() =>
    {
        var since = site.ToLocal(pause.PausedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return pause.Reason is { } reason ? texts["JobHeldBecause", since, pause.PausedByName, reason].Value : texts["JobHeld", since, pause.PausedByName].Value;
    });

    /// <summary>In the language of whoever reads it; empty where nothing was counted.</summary>
    /// <param name="job">One of <see cref="JobNames"/>.</param>
    /// <param name="counts">As a report counted them.</param>
    public string Words(string job, IReadOnlyDictionary<string, int> counts)
    {
        return counts.Count == 0 ? "" : string.Join(", ", Parts().Where(part => part is not null));

        int Of(string name) => counts.GetValueOrDefault(name);

        IEnumerable<string?> Parts() => job switch
        {
            JobNames.ScanOverdue => [LateWords(texts, Of(Late), Of(Overdue)), texts.Count("JobCreatedOne", "JobCreatedMany", Of(Created))],
            JobNames.SendNotifications =>
            [
                texts.Count("JobDeliveredOne", "JobDeliveredMany", Of(Delivered)),
                Of(Waiting) == 0 ? null : texts.Count("JobWaitingOne", "JobWaitingMany", Of(Waiting)),
                Of(Dead) == 0 ? null : texts.Count("JobDeadOne", "JobDeadMany", Of(Dead)),
                Of(Cancelled) == 0 ? null : texts.Count("JobCancelledOne", "JobCancelledMany", Of(Cancelled)),
            ],
            JobNames.PurgeHistory =>
            [
                texts["Purged", Of(Bodies), Of(Rows)],
                texts.Count("PurgedTicketsOne", "PurgedTicketsMany", Of(Tickets)),
                texts.Count("PurgedFilesOne", "PurgedFilesMany", Of(Files)),
            ],
            _ => [],
        };
    }

    /// <summary>« 12 en retard, dont 5 notifiables »: the number of every screen, and how many of them the rule notifies.</summary>
    public static string LateWords(IStringLocalizer<OperationTexts> texts, int late, int notifiable) =>
        texts.Count("OverdueOne", "OverdueMany", late) + (late == 0 ? "" : ", " + texts.Count("NotifiableOne", "NotifiableMany", notifiable));

    private JobReport Empty(string key) => InSiteLanguage(() => new JobReport(texts[key], new Dictionary<string, int>()));

    private JobReport Counted(string job, params (string Name, int Count)[] counted)
    {
        var counts = counted.ToDictionary(count => count.Name, count => count.Count);
        return InSiteLanguage(() => new JobReport(Words(job, counts), counts));
    }

    /// <summary>Hangfire runs a job in the language of whoever enqueued it; the dashboard is read by others.</summary>
    private T InSiteLanguage<T>(Func<T> write)
    {
        var (culture, language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(options.Value.Culture);
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        }
    }
}
