using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Operations.Pages;

/// <summary>The parts of the system and what to say about each.</summary>
public sealed partial class HealthStrip
{
    [Parameter, EditorRequired]
    public required SystemState System { get; set; }

    private IEnumerable<(string Name, HealthLevel Level, string Text)> Parts =>
    [
        ("Application", HealthLevel.Good, L["ApplicationText", System.Process.Version, Durations.Of(Site.UtcNow - System.Process.StartedAt)]),
        ("Database", System.Database.Level, DatabaseText),
        ("Scan", System.Scan.Level, System.Scan.LastAt is { } last
            ? L["ScanText", Instants.Relative(last, Site.UtcNow)] + (System.Scan.Took is { } took ? ", " + JobWords.Took(took) : "")
            : L["NotCheckedYet"]),
        ("Endpoint", System.Endpoint.Level, EndpointText),
        ("Queue", System.QueueLevelAt(Site.UtcNow), QueueText),
        ("Disk", System.Disk.Level, System.Disk.FreeBytes is { } bytes ? L["DiskText", JobWords.Bytes(bytes, L)] : L["Unknown"]),
        ("Memory", HealthLevel.Good, JobWords.Bytes(System.Process.MemoryBytes, L)),
        ("Failures", HealthLevel.Good, L["FailuresText", System.Endpoint.Backlog.LastStatus is { } status ? $"HTTP\u00a0{status}" : L[Backlog.LastOutcome is null ? "NoAnswerYet" : "NoAnswer"]]),
    ];

    private DispatchBacklog Backlog => System.Endpoint.Backlog;

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

    private string EndpointText => Endpoint.Of(System.Endpoint.State, Backlog)?.Title ?? L["EndpointReady", EndpointWords.Host(System.Endpoint.State)];

    private static string Class(HealthLevel level) => level switch
    {
        HealthLevel.Good => "ok",
        HealthLevel.Attention => "warn",
        HealthLevel.Problem => "bad",
    };

    private static string IconOf(HealthLevel level) => level switch
    {
        HealthLevel.Good => "circle-check",
        HealthLevel.Attention => "alert-triangle",
        HealthLevel.Problem => "circle-x",
    };
}
