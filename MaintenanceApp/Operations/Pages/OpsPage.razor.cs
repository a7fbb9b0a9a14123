using MaintenanceApp.Components;
using MaintenanceApp.Jobs;
using MaintenanceApp.Live;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Operations.Pages;

/// <summary>What was measured at one instant.</summary>
public sealed record SystemState(DatabaseHealth Database, ScanHealth Scan, EndpointHealth Endpoint, SendingHealth Sending, DiskHealth Disk, ProcessHealth Process, (int All, int Notifiable) Late)
{
    /// <param name="now">UTC.</param>
    public IReadOnlyList<(string Name, HealthLevel Level)> LevelsAt(DateTime now) =>
    [
        ("Database", Database.Level), ("Scan", Scan.Level), ("Endpoint", Endpoint.Level), ("Queue", QueueLevelAt(now)), ("Disk", Disk.Level),
    ];

    /// <summary>Something has waited for more than an hour, cannot be prepared, or nothing leaves at all.</summary>
    /// <param name="now">UTC.</param>
    public HealthLevel QueueLevelAt(DateTime now) =>
        now - Endpoint.Backlog.OldestAt > TimeSpan.FromHours(1) && Sending.Level == HealthLevel.Good ? HealthLevel.Attention : Sending.Level;
}

/// <summary>Health, jobs and their history. Everything comes from tables, so it survives a restart.</summary>
public sealed partial class OpsPage(
    SystemQueries queries,
    JobQueries jobQueries,
    RunQueries runQueries,
    ControlJobs control,
    CurrentEndpoint endpoint,
    AuditLog audit,
    SendingReportQuery sendingReports,
    ToastMessages toasts,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<OpsPage> logger)
{
    private const int PageSize = 20;

    private readonly PageLoad load = new(logger);
    private SystemState? system;
    private SendingReport? sending;
    private IReadOnlyList<JobState> jobs = [];
    private RunResults? runs;
    private JobExecutions? executions;
    private AuditEntries? acts;
    private PauseDialog? pauseDialog;
    private LiveRefresh? refresh;
    private Actor? actor;

    [SupplyParameterFromQuery]
    public string? Run { get; set; }

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private bool ShowsExecutions => Tab == "executions";

    private bool ShowsActs => Tab == "acts";

    private int PageNumber => int.TryParse(Page, out var page) && page is > 0 and < 1_000_000 ? page : 1;

    /// <summary>What <c>/health/ready</c> answers.</summary>
    private HealthLevel Worst => new[]
    {
        system!.Database.Level, system.Scan.Level, system.Sending.Level, system.Disk.Level, system.Endpoint.Level == HealthLevel.Good ? HealthLevel.Good : HealthLevel.Attention,
    }.Max();

    private DateTime? NextScan => jobs.FirstOrDefault(job => job.Name == JobNames.ScanOverdue)?.NextAt;

    /// <summary>The situation in words: the title.</summary>
    private string Sentence => system?.LevelsAt(clock.GetUtcNow().UtcDateTime).Where(part => part.Level != HealthLevel.Good).Select(part => part.Name).ToList() switch
    {
        null => L["Title"],
        [] => L["AllWell"],
        [var one] => L["AllButOne", L[$"But{one}"]],
        { Count: var count } => L["SeveralNeedCare", count],
    };

    public void Dispose()
    {
        refresh?.Dispose();
        load.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        actor ??= Actor.From((await Authentication).User);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            refresh = LiveRefresh.Start(
                live, clock, () => InvokeAsync(RefreshAsync), typeof(ScanChanged), typeof(JobChanged), typeof(AuditChanged), typeof(EndpointChanged), typeof(NotificationChanged));
        }
    }

    private Task LoadAsync() => load.RunAsync("The operations page", ReadAsync);

    private async Task<Action> ReadAsync(CancellationToken gone)
    {
        var states = await jobQueries.ListAsync(gone);
        var scans = await runQueries.ListAsync(Run, PageNumber, PageSize, gone);
        var history = await jobQueries.HistoryAsync(ShowsExecutions ? PageNumber : 1, PageSize, gone);
        var done = await audit.ReadAsync(ShowsActs ? PageNumber : 1, PageSize, gone);
        var report = await sendingReports.ReadAsync(gone);
        var target = await queries.EndpointAsync(gone);
        var measured = new SystemState(
            await queries.DatabaseAsync(gone), await queries.ScanAsync(gone), target, queries.SendingOf(target.Backlog.Aside), queries.Disk(), queries.Process(), await queries.LateAsync(gone));
        return () => (jobs, runs, executions, acts, sending, system) = (states, scans, history, done, report, measured);
    }

    private async Task RefreshAsync()
    {
        await load.RefreshAsync();
        StateHasChanged();
    }

    private async Task RunNowAsync(string job)
    {
        await control.RunNowAsync(actor!, job, CancellationToken.None);
        toasts.Show(L["Started", L[$"Job.{job}"]]);
        await load.RefreshAsync();
    }

    private async Task PauseAsync(string job)
    {
        var name = JobWords.Name(job, L);
        if (await pauseDialog!.AskAsync(name, L[$"PauseEffect.{job}"]) is not var (reason, until))
        {
            return;
        }

        await (job == JobNames.SendNotifications
            ? endpoint.PauseAsync(actor!, reason, until, CancellationToken.None)
            : control.PauseAsync(actor!, job, reason, until, CancellationToken.None));
        toasts.Show(L["JobPaused", name], () => ResumeOneAsync(job));
        await load.RefreshAsync();
    }

    private async Task ResumeAsync(string job)
    {
        var name = JobWords.Name(job, L);
        var before = jobs.SingleOrDefault(state => state.Name == job)?.Pause;
        var (reason, until) = job == JobNames.SendNotifications ? (system!.Endpoint.State.PausedReason, system.Endpoint.State.PausedUntil) : (before?.Reason, before?.Until);
        await ResumeOneAsync(job);
        toasts.Show(L["JobResumed", name], () => job == JobNames.SendNotifications
            ? endpoint.PauseAsync(actor!, reason, until, CancellationToken.None)
            : control.PauseAsync(actor!, job, reason, until, CancellationToken.None));
        await load.RefreshAsync();
    }

    private Task ResumeOneAsync(string job) => job == JobNames.SendNotifications
        ? endpoint.ResumeAsync(actor!, CancellationToken.None)
        : control.ResumeAsync(actor!, job, CancellationToken.None);
}
