using MaintenanceApp.Jobs;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Overdue;

public sealed class ScanWatchdogTests
{
    [Fact]
    public async Task A_schedule_in_error_or_hours_away_is_mended_and_scans_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, null, new Dictionary<string, string?> { ["Notifier:FirstScanDelay"] = "00:04:00" }, withJobs: true);
        var repair = host.Service<ScheduleRepair>();
        var interval = TimeSpan.FromMinutes(5);
        await WaitAsync(async () => await repair.MendAsync(JobNames.ScanOverdue, interval, CancellationToken.None) == ScheduleState.Fine);

        await database.ExecuteAsync("UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'ERROR' WHERE TRIGGER_NAME = 'scan-overdue'");
        (await repair.MendAsync(JobNames.ScanOverdue, interval, CancellationToken.None)).ShouldBe(ScheduleState.Mended);
        (await repair.MendAsync(JobNames.ScanOverdue, interval, CancellationToken.None)).ShouldBe(ScheduleState.Fine);

        // As after a clock that ran ten hours ahead: the column counts ticks.
        await database.ExecuteAsync($"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME + {TimeSpan.FromHours(10).Ticks} WHERE TRIGGER_NAME = 'scan-overdue'");
        (await repair.MendAsync(JobNames.ScanOverdue, interval, CancellationToken.None)).ShouldBe(ScheduleState.Mended);
        await WaitAsync(async () => await RunsAsync(database, ScanRunState.Finished) == 1);

        await host.Service<JobControl>().PauseAsync(JobNames.ScanOverdue, CancellationToken.None);
        (await repair.MendAsync(JobNames.ScanOverdue, interval, CancellationToken.None)).ShouldBe(ScheduleState.Paused);
    }

    [Fact]
    public async Task Silence_asks_for_a_scan_and_then_scans_without_the_scheduler()
    {
        var clock = new FakeClock(ownsTime: true);
        await using var scene = await NotifierScene.CreateAsync(clock);
        await scene.Given.OverdueTicket();
        var watchdog = scene.Host.Service<ScanWatchdog>();

        // Counted, whatever the calendar says.
        clock.Elapse(TimeSpan.FromMinutes(9));
        await watchdog.LookAsync(CancellationToken.None);
        (await RunsAsync(scene.Database, ScanRunState.Queued)).ShouldBe(0);
        clock.Elapse(TimeSpan.FromMinutes(2));
        await watchdog.LookAsync(CancellationToken.None);
        (await RunsAsync(scene.Database, ScanRunState.Queued)).ShouldBe(1);
        clock.Elapse(TimeSpan.FromMinutes(6));
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
