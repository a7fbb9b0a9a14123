using System.Data.Common;
using MaintenanceApp.Components;
using MaintenanceApp.Jobs;
using MaintenanceApp.Live;
using MaintenanceApp.Notifications;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MaintenanceApp.Operations.Pages;

/// <summary>What was measured at one instant.</summary>
public sealed record SystemState(DatabaseHealth Database, ScanHealth Scan, EndpointHealth Endpoint, DiskHealth Disk, ProcessHealth Process)
{
    /// <param name="now">UTC.</param>
    public IReadOnlyList<(string Name, HealthLevel Level)> LevelsAt(DateTime now) =>
    [
        ("Database", Database.Level), ("Scan", Scan.Level), ("Endpoint", Endpoint.Level), ("Queue", QueueLevelAt(now)), ("Disk", Disk.Level),
    ];

    /// <summary>Something has waited for more than an hour.</summary>
    /// <param name="now">UTC.</param>
    public HealthLevel QueueLevelAt(DateTime now) => now - Endpoint.Backlog.OldestAt > TimeSpan.FromHours(1) ? HealthLevel.Attention : HealthLevel.Good;
}

/// <summary>Health, jobs and their history. Everything comes from tables, so it survives a restart.</summary>
public sealed partial class OpsPage(
    SystemQueries queries,
    JobQueries jobQueries,
    RunQueries runQueries,
    ControlJobs control,
    CurrentEndpoint endpoint,
    SendingReportQuery sendingReports,
    ToastMessages toasts,
    LiveUpdates live,
    TimeProvider clock,
    ILogger<OpsPage> logger)
{
    private const int PageSize = 20;

    private readonly CancellationTokenSource gone = new();
    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private SystemState? system;
    private SendingReport? sending;
    private IReadOnlyList<JobState> jobs = [];
    private RunResults? runs;
    private JobExecutions? executions;
    private LiveRefresh? refresh;
    private Actor? actor;
    private string? errorReference;

    [SupplyParameterFromQuery]
    public string? Run { get; set; }

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private bool ShowsExecutions => Tab == "executions";

    private int PageNumber => int.TryParse(Page, out var page) && page is > 0 and < 1_000_000 ? page : 1;

    /// <summary>What <c>/health/ready</c> answers.</summary>
    private HealthLevel Worst => new[]
    {
        system!.Database.Level, system.Scan.Level, system.Disk.Level, system.Endpoint.Level == HealthLevel.Good ? HealthLevel.Good : HealthLevel.Attention,
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
        gone.Cancel();
        gone.Dispose();
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
                live, clock, () => InvokeAsync(RefreshAsync), typeof(ScanChanged), typeof(JobChanged), typeof(EndpointChanged), typeof(NotificationChanged));
        }
    }

    private async Task LoadAsync()
    {
        errorReference = null;
        try
        {
            await oneAtATime.WaitAsync(gone.Token);
            try
            {
                jobs = await jobQueries.ListAsync(gone.Token);
                runs = await runQueries.ListAsync(Run, PageNumber, PageSize, gone.Token);
                executions = await jobQueries.HistoryAsync(ShowsExecutions ? PageNumber : 1, PageSize, gone.Token);
                sending = await sendingReports.ReadAsync(gone.Token);
                system = new(
                    await queries.DatabaseAsync(gone.Token), await queries.ScanAsync(gone.Token), await queries.EndpointAsync(gone.Token), queries.Disk(), queries.Process());
            }
            finally
            {
                oneAtATime.Release();
            }
        }
        catch (Exception exception) when (exception is DbException or SchedulerUnavailableException)
        {
            errorReference = Guid.NewGuid().ToString("N")[..8];
            LogFailed(logger, errorReference, exception);
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task RunNowAsync(string job)
    {
        await control.RunNowAsync(actor!, job, CancellationToken.None);
        toasts.Show(L["Started", L[$"Job.{job}"]]);
        await LoadAsync();
    }

    private async Task SetPausedAsync((string Job, bool Paused) change)
    {
        await control.SetPausedAsync(actor!, change.Job, change.Paused, CancellationToken.None);
        toasts.Show(
            L[change.Paused ? "JobPaused" : "JobResumed", L[$"Job.{change.Job}"]],
            () => control.SetPausedAsync(actor!, change.Job, !change.Paused, CancellationToken.None));
        await LoadAsync();
    }

    private async Task SetSendingPausedAsync(bool paused)
    {
        await endpoint.SetPausedAsync(actor!, paused, CancellationToken.None);
        toasts.Show(L[paused ? "SendingPaused" : "SendingResumed"], () => endpoint.SetPausedAsync(actor!, !paused, CancellationToken.None));
        await LoadAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The operations page failed, reference {Reference}")]
    private static partial void LogFailed(ILogger logger, string reference, Exception exception);
}
