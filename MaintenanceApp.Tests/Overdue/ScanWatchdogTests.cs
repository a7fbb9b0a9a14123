using Hangfire;
using Hangfire.Common;
using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Overdue;

public sealed class ScanWatchdogTests
{
    [Theory, BothDatabases]
    public async Task A_schedule_that_is_gone_disabled_or_hours_away_is_registered_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, null, new Dictionary<string, string?> { ["Notifier:FirstScanDelay"] = "00:00:00", ["Notifier:ScanInterval"] = "00:30:00" }, withJobs: true);
        var schedule = host.Service<JobSchedule>();
        var storage = host.Service<JobStorage>();
        await WaitAsync(async () => await schedule.MendAsync(JobNames.ScanOverdue, CancellationToken.None) == ScheduleState.Fine);

        foreach (var (field, value) in new[]
        {
            ("NextExecution", JobHelper.SerializeDateTime(DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1), DateTimeKind.Utc))),
            ("NextExecution", ""),
            ("Error", "Job type not found"),
        })
        {
            using (var connection = storage.GetConnection())
            using (var transaction = connection.CreateWriteTransaction())
            {
                transaction.SetRangeInHash("recurring-job:scan-overdue", [new(field, value)]);
                transaction.Commit();
            }

            (await schedule.MendAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldBe(ScheduleState.Mended, $"{field} is '{value}'");
            (await schedule.MendAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldBe(ScheduleState.Fine);
        }

        host.Service<IRecurringJobManager>().RemoveIfExists(JobNames.ScanOverdue);
        (await schedule.MendAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldBe(ScheduleState.Mended);

        await host.Service<ControlJobs>().PauseAsync(Actor.Application, JobNames.ScanOverdue, null, null, CancellationToken.None);
        (await schedule.MendAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldBe(ScheduleState.Paused);
    }

    [Fact]
    public async Task Silence_asks_for_a_scan_and_then_scans_without_Hangfire_within_two_intervals()
    {
        var clock = new FakeClock(ownsTime: true);
        await using var scene = await NotifierScene.CreateAsync(clock);
        await scene.Given.OverdueTicket();
        var watchdog = scene.Host.Service<ScanWatchdog>();

        // Counted, whatever the calendar says.
        clock.Elapse(TimeSpan.FromMinutes(5));
        await watchdog.LookAsync(CancellationToken.None);
        (await RunsAsync(scene.Database, ScanRunState.Queued)).ShouldBe(0);
        clock.Elapse(TimeSpan.FromMinutes(2));
        await watchdog.LookAsync(CancellationToken.None);
        (await RunsAsync(scene.Database, ScanRunState.Queued)).ShouldBe(1);
        clock.Elapse(TimeSpan.FromMinutes(2));
        await watchdog.LookAsync(CancellationToken.None);

        (await RunsAsync(scene.Database, ScanRunState.Queued)).ShouldBe(0);
        (await RunsAsync(scene.Database, ScanRunState.Finished)).ShouldBe(1);
        await scene.Receiver.WaitForAsync(1);
        await watchdog.LookAsync(CancellationToken.None);
        (await RunsAsync(scene.Database, ScanRunState.Finished)).ShouldBe(1, "the silence is over");
    }

    private static async Task<int> RunsAsync(TestDatabase database, ScanRunState state)
    {
        await using var db = database.CreateDbContext();
        return await db.ScanRuns.CountAsync(run => run.State == state);
    }

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
