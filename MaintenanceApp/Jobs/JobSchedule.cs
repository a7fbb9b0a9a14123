using System.Globalization;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using Microsoft.Extensions.Options;
using Quartz;

namespace MaintenanceApp.Jobs;

/// <summary>Every job and when it runs, on one screen. Quartz keeps schedule, pauses and history in the app's own database.</summary>
public static class JobSchedule
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var connection = DatabaseConnection.From(configuration, environment);
        services.AddSingleton<JobControl>();
        services.AddSingleton<JobQueries>();
        services.AddSingleton<ScheduleRepair>();
        services.AddQuartzExecutionHistory(history =>
        {
            history.Retention = TimeSpan.FromDays(30);
            history.MaxEntriesPerScheduler = 20_000;
        });
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "maintenance";
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(5);
            });
            quartz.UseDefaultThreadPool(maxConcurrency: 4);
            quartz.UsePersistentStore(store => UseDatabase(store, connection));
            quartz.UseExecutionLogCapture();

            // A start replaces the stored schedule: it scans shortly afterwards, which is also the catch-up after downtime.
            quartz.AddJob<ScanOverdueJob>(job => job.WithIdentity(JobControl.KeyOf(JobNames.ScanOverdue)).StoreDurably().RequestRecovery());
            quartz.AddTrigger<ScanOverdueJob>((provider, trigger) =>
            {
                var notifier = provider.GetRequiredService<IOptions<NotifierOptions>>().Value;
                trigger.ForJob(JobControl.KeyOf(JobNames.ScanOverdue))
                    .WithIdentity(JobNames.ScanOverdue, JobControl.Group)
                    .StartAt(provider.GetRequiredService<TimeProvider>().GetUtcNow() + notifier.FirstScanDelay)
                    .WithSimpleSchedule(every => every.WithInterval(notifier.ScanInterval).RepeatForever()
                        .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount));
            });

            // A night missed by a running process is made up once.
            quartz.AddJob<PurgeHistoryJob>(job => job.WithIdentity(JobControl.KeyOf(JobNames.PurgeHistory)).StoreDurably().RequestRecovery());
            quartz.AddTrigger<PurgeHistoryJob>((provider, trigger) => trigger
                .ForJob(JobControl.KeyOf(JobNames.PurgeHistory))
                .WithIdentity(JobNames.PurgeHistory, JobControl.Group)
                .WithSchedule(CronScheduleBuilder.Create(string.Create(CultureInfo.InvariantCulture, $"0 {PurgeHistory.RunsAt.Minute} {PurgeHistory.RunsAt.Hour} * * ?"))
                    .InTimeZone(provider.GetRequiredService<IOptions<SiteOptions>>().Value.GetTimeZone())
                    .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    private static void UseDatabase(IPersistentStoreBuilder store, DatabaseConnection connection)
    {
        store.ProvisionSchema();
        store.UseExecutionHistory();
        store.ConfigureStore(options =>
        {
            options.StoreJobDataAsStrings = true;
            options.DbRetryInterval = TimeSpan.FromSeconds(3);
        });
        if (connection.Provider == DatabaseProvider.PostgreSql)
        {
            store.UsePostgres(connection.ConnectionString);
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(3);
            });
        }
        else
        {
            store.UseSqlite(connection.ConnectionString);
        }
    }
}

/// <summary>Quartz's side of the scan. Exceptions leave it, so that the history shows them.</summary>
[DisallowConcurrentExecution]
internal sealed class ScanOverdueJob(ScanJob scan) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var summary = await scan.RunAsync(context.MergedJobDataMap.ContainsKey(JobControl.OnDemand), cancellationToken);
        context.Result = JobRunReport.Succeeded(summary);
    }
}

/// <summary>Quartz's side of the retention.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeHistoryJob(PurgeHistory purge) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        context.Result = await purge.ExecuteAsync(cancellationToken) is var (bodies, rows, tickets, files)
            ? JobRunReport.Succeeded(string.Create(CultureInfo.InvariantCulture, $"{bodies} bodies, {rows} rows, {tickets} tickets, {files} files"))
                .With(JobQueries.BodiesCount, bodies).With(JobQueries.RowsCount, rows)
                .With(JobQueries.TicketsCount, tickets).With(JobQueries.FilesCount, files)
            : JobRunReport.Skipped("The clock has just been set forward by more than a day");
}
