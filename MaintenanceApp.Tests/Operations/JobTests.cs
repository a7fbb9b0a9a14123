using MaintenanceApp.Data;
using MaintenanceApp.Jobs;
using MaintenanceApp.Notifications;
using MaintenanceApp.Operations;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Operations;

/// <summary>Jobs and runs as the operations page shows them.</summary>
public sealed class JobTests
{
    private static readonly Actor Admin = new(1, "Anne Roy", Roles.Admin);

    [Theory, BothDatabases]
    public async Task A_job_is_paused_run_and_remembered_over_a_restart(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var host = Host(database))
        {
            var control = host.Service<ControlJobs>();
            var scan = await StateAsync(host, state => state.NextAt is not null && state.Last.Count == 1);
            (scan.Name, scan.Cron, scan.Pause).ShouldBe((JobNames.ScanOverdue, "*/30 * * * *", null));

            await control.PauseAsync(Admin, JobNames.ScanOverdue, " travaux ", null, CancellationToken.None);
            var paused = await StateAsync(host, state => state.Pause is not null);
            (paused.NextAt, paused.Pause!.PausedByName, paused.Pause.Reason, paused.Pause.Until).ShouldBe((null, "Anne Roy", "travaux", null));
            await control.RunNowAsync(Admin, JobNames.ScanOverdue, CancellationToken.None);
            (await StateAsync(host, state => state.Last.Count == 2)).Last[0].ShouldSatisfyAllConditions(
                run => run.Result.ShouldBe(JobResult.Succeeded),
                run => run.IsOnDemand.ShouldBeTrue("a paused job runs on demand"));
        }

        await using var restarted = Host(database);
        var after = await StateAsync(restarted, _ => true);
        after.Pause.ShouldNotBeNull("a pause survives");
        after.Last.Count.ShouldBe(2, "so does the history, and a paused job does not start by itself");
        (await restarted.Service<JobQueries>().HistoryAsync(1, 20, CancellationToken.None)).Total.ShouldBe(2);
        (await restarted.Service<RunQueries>().ListAsync(null, 1, 20, CancellationToken.None)).Rows[0].Trigger.ShouldBe(ScanTrigger.Manual);
        (await restarted.Service<AuditLog>().ReadAsync(1, 20, CancellationToken.None)).Rows
            .Select(entry => (entry.UserName, entry.Act, entry.Subject, entry.Reason))
            .ShouldBe([("Anne Roy", AuditAct.JobStarted, "scan-overdue", null), ("Anne Roy", AuditAct.JobPaused, "scan-overdue", "travaux")]);
    }

    [Fact]
    public async Task A_pause_ends_at_its_time()
    {
        var clock = new FakeClock();
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, clock);
        await host.Service<ControlJobs>().PauseAsync(Admin, JobNames.ScanOverdue, null, clock.Now.AddHours(1), CancellationToken.None);
        var pauses = host.Service<JobPauses>();

        (await pauses.OfAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromHours(1));
        (await pauses.OfAsync(JobNames.ScanOverdue, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_command_line_gives_its_scan_to_a_node_that_runs()
    {
        Assert.SkipWhen(PostgreSqlServer.SkipReason is not null, PostgreSqlServer.SkipReason ?? "");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        await using var host = Host(database);
        await StateAsync(host, state => state.Last.Count == 1);

        await using var command = AppProcess.Start(database, ["scan"]);
        (await command.WaitForExitAsync()).ShouldBe(0, command.Output);

        command.Output.ShouldContain("Aucun ticket planifié expiré trouvé");
        (await StateAsync(host, state => state.Last.Count == 2)).Last[0].IsOnDemand.ShouldBeTrue("Hangfire ran it here");
        (await host.Service<RunQueries>().ListAsync(null, 1, 20, CancellationToken.None)).Rows[0].Trigger.ShouldBe(ScanTrigger.Cli);
    }

    [Fact]
    public async Task Others_may_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = Host(database);
        var control = host.Service<ControlJobs>();

        await Should.ThrowAsync<ForbiddenException>(() => control.PauseAsync(Admin with { Role = Roles.Supervisor }, JobNames.ScanOverdue, null, null, CancellationToken.None));
        await Should.ThrowAsync<ForbiddenException>(() => control.RunNowAsync(Admin with { Role = Roles.Technician }, JobNames.ScanOverdue, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task A_run_counts_what_became_of_its_notifications(DatabaseProvider provider)
    {
        await using var scene = await NotifierScene.CreateAsync(provider);
        var ticket = await scene.Given.OverdueTicket(ticketId: "IGP-BON-1");
        await scene.Given.OverdueTicket(ticketId: "IGP-REFUS-1");
        await scene.Given.OverdueTicket(ticketId: "IGP-PANNE-1");
        scene.Receiver.AnswerFor("IGP-REFUS-1", new Reply(503));
        scene.Receiver.AnswerFor("IGP-PANNE-1", new Reply(500));
        await scene.ScanAsync();

        var run = (await scene.Host.Service<RunQueries>().ListAsync(null, 1, 20, CancellationToken.None)).Rows.Single();
        (run.TotalOverdue, run.Created, run.Delivered, run.Failed, run.Waiting).ShouldBe((3, 3, 1, 0, 2));
        (await scene.Host.Service<RunQueries>().ListAsync("run_autre", 1, 20, CancellationToken.None)).Total.ShouldBe(0);

        var queue = await scene.Host.Service<DispatchQueries>().QueueAsync(CancellationToken.None);
        (queue.Waiting, queue.Retrying).ShouldBe((2, 2));
        queue.NextAttemptAt.ShouldNotBeNull();
        var hours = await scene.Host.Service<DispatchQueries>().HoursAsync(CancellationToken.None);
        hours.Count.ShouldBe(24);
        (hours[^1].Accepted, hours[^1].Retried, hours[^1].Failed).ShouldBe((1, 2, 0));
    }

    private static AppHost Host(TestDatabase database) =>
        new(database, null, new Dictionary<string, string?> { ["Notifier:FirstScanDelay"] = "00:00:00", ["Notifier:ScanInterval"] = "00:30:00" }, withJobs: true);

    private static async Task<JobState> StateAsync(AppHost host, Func<JobState, bool> isAsAwaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var states = await host.Service<JobQueries>().ListAsync(limit.Token);
            if (states.SingleOrDefault(state => state.Name == JobNames.ScanOverdue) is { } found && isAsAwaited(found))
            {
                return found;
            }

            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
