using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Operations.Pages;

/// <summary>The parts of the system and what to say about each.</summary>
public sealed partial class HealthStrip
{
    [Parameter, EditorRequired]
    public required SystemState System { get; set; }

    /// <summary>Who paused the scan; null while it runs by itself.</summary>
    [Parameter]
    public JobPause? ScanPause { get; set; }

    /// <summary>Late tickets as every screen counts them, and those of them that the rule notifies, now.</summary>
    [Parameter, EditorRequired]
    public required (int All, int Notifiable) Late { get; set; }

    /// <summary>Neither fine nor in trouble, where nothing was proven or somebody wanted it so, has no level: no tick, no alarm.</summary>
    private IEnumerable<(string Name, HealthLevel? Level, string Text)> Parts =>
    [
        ("Application", HealthLevel.Good, L["ApplicationText", System.Process.Version, Durations.Of(Site.UtcNow - System.Process.StartedAt), JobWords.Bytes(System.Process.MemoryBytes, L)]),
        ("Database", System.Database.Level, DatabaseText),
        ("Scan", ScanPause is null ? System.Scan.Level : null, ScanText),
        ("Late", null, JobReports.LateWords(L, Late.All, Late.Notifiable)),
        ("Endpoint", System.Endpoint.State.PausedAt is null ? System.Endpoint.Level : null, EndpointText),
        ("Queue", Backlog.Waiting > 0 && System.QueueLevelAt(Site.UtcNow) == HealthLevel.Good ? null : System.QueueLevelAt(Site.UtcNow), QueueText),
        ("Disk", System.Disk.Level, System.Disk.FreeBytes is { } bytes ? L["DiskText", JobWords.Bytes(bytes, L)] : L["Unknown"]),
        ("Failures", AnswerLevel, L["FailuresText", Backlog.LastStatus is { } status ? $"HTTP\u00a0{status}" : L[Backlog.LastOutcome is null ? "NoAnswerYet" : "NoAnswer"]]),
    ];

    private DispatchBacklog Backlog => System.Endpoint.Backlog;

    /// <summary>Only an accepted post is a good answer; a 503 is none, however well the retries go.</summary>
    private HealthLevel? AnswerLevel => Backlog.LastOutcome switch
    {
        null => null,
        AttemptOutcome.Accepted => HealthLevel.Good,
        _ => HealthLevel.Attention,
    };

    private string ScanText
    {
        get
        {
            var last = System.Scan.LastAt is { } at
                ? L["ScanText", Instants.Relative(at, Site.UtcNow)] + (System.Scan.Took is { } took ? ", " + JobWords.Took(took) : "")
                : L["NotCheckedYet"].Value;
            return ScanPause is null ? last : $"{L["PausedByTile", ScanPause.PausedByName]}. {last}";
        }
    }

    private string DatabaseText
    {
        get
        {
            var found = System.Database;
            var name = found.Provider == DatabaseProvider.Sqlite ? "SQLite" : "PostgreSQL";
            if (found is { TroubleSince: { } since, Latency: not null })
            {
                return L["DatabaseTrouble", name, Instants.Compact(since, Site.UtcNow), found.Trouble ?? ""];
            }

            return found.Latency is not { } latency ? L["DatabaseDown", name]
                : string.Join(", ", new[]
                {
                    name,
                    found.Bytes is { } bytes ? JobWords.Bytes(bytes, L) : null,
                    JobWords.Took(latency),
                    found.PendingMigrations == 0 ? L["UpToDate"].Value : L["MigrationsMissing", found.PendingMigrations].Value,
                }.Where(word => word is not null));
        }
    }

    private string QueueText => System.Sending switch
    {
        { TroubleSince: { } since, Trouble: var what } => L["QueueStopped", Instants.Compact(since, Site.UtcNow), what ?? ""],
        _ when Backlog.Waiting == 0 => L["QueueEmpty"],
        { Aside: var aside } => L["QueueText", Backlog.Waiting, Durations.Of(Site.UtcNow - Backlog.OldestAt!.Value)] + (aside == 0 ? "" : ", " + L["QueueAside", aside]),
    };

    private string EndpointText => System.Endpoint.State is { PausedAt: not null, PausedBy: { } by } ? L["PausedByTile", by] : Endpoint.Of(System.Endpoint.State, Backlog)?.Title ?? L["EndpointReady", EndpointWords.Host(System.Endpoint.State)];

    private static string Class(HealthLevel? level) => level switch
    {
        null => "",
        HealthLevel.Good => "ok",
        HealthLevel.Attention => "warn",
        HealthLevel.Problem => "bad",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    private static string IconOf(HealthLevel? level) => level switch
    {
        null => "clock",
        HealthLevel.Good => "circle-check",
        HealthLevel.Attention => "alert-triangle",
        HealthLevel.Problem => "circle-x",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
