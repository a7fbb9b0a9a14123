using System.Diagnostics;
using System.Net.Http.Headers;
using MaintenanceApp.Data;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 2: everything that can start a scan starts it at once.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "2")]
public sealed class Case02StormTests(ITestOutputHelper output)
{
    private const int Tickets = 100;
    private const int CronCalls = 50;
    private const int ApiCalls = 10;
    private const string Secret = "secret-de-la-tempete-0123456789";

    [Theory(Explicit = true)]
    [InlineData(DatabaseProvider.Sqlite, 1)]
    [InlineData(DatabaseProvider.PostgreSql, 1)]
    [InlineData(DatabaseProvider.PostgreSql, 2)]
    public async Task Every_trigger_at_once_gives_one_post_per_ticket(DatabaseProvider provider, int processes)
    {
        await using var scene = await ProcessScene.CreateAsync(provider);
        scene.Settings["Cron:Secrets:0"] = Secret;
        scene.Settings["Cron:PermitsPerMinute"] = "1000";
        scene.Receiver.Default = new Reply(Delay: TimeSpan.FromMilliseconds(300));
        for (var number = 0; number < processes; number++)
        {
            await scene.StartAsync();
        }

        var planners = new List<HttpClient>();
        foreach (var process in scene.Processes)
        {
            planners.Add(await scene.ClientAsAsync(Roles.Planner, process));
        }

        await scene.Given.OverdueTickets(Tickets);
        var started = Stopwatch.GetTimestamp();
        await using var command = AppProcess.Start(scene.Database, ["scan"], scene.Settings);
        var calls = Enumerable.Range(0, CronCalls).Select(call => CronAsync(scene, scene.Processes[call % processes]))
            .Concat(Enumerable.Range(0, ApiCalls).Select(call => ApiAsync(planners[call % processes])))
            .ToArray();
        var answers = await Task.WhenAll(calls);
        await scene.WaitForPostsAsync(Tickets, TimeSpan.FromMinutes(2));
        var took = Stopwatch.GetElapsedTime(started);
        var exitCode = await command.WaitForExitAsync();
        await scene.WaitUntilAllEndAsync(TimeSpan.FromMinutes(1));
        await ThreeMoreScansAsync(scene);

        scene.Posts.Count.ShouldBe(Tickets);
        scene.Posts.Select(post => post.TicketId).Distinct().Count().ShouldBe(Tickets);
        answers.ShouldAllBe(status => status == 200 || status == 202);
        if (provider == DatabaseProvider.Sqlite)
        {
            exitCode.ShouldBe(1);
            command.Output.ShouldContain("is already in use by another MaintenanceApp process");
        }
        else
        {
            exitCode.ShouldBe(0, command.Output);
        }

        var held = await scene.HoldAsync(pace: TimeSpan.FromMilliseconds(200));
        output.WriteLine(FormattableString.Invariant(
            $"{CronCalls} cron + {ApiCalls} API calls + command + scan every second, {processes} process(es): {held}; {took.TotalSeconds:0.0} s; the command ended with {exitCode}"));
        planners.ForEach(client => client.Dispose());
    }

    private static async Task<int> CronAsync(ProcessScene scene, AppProcess process)
    {
        using var client = scene.Client(process);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        return (await client.Post("/api/cron/check-overdue", null)).Status;
    }

    private static async Task<int> ApiAsync(HttpClient planner) => (await planner.Post("/api/webhooks/check-overdue-tickets", null)).Status;

    /// <summary>If anything were still to be repeated, these would do it.</summary>
    private static async Task ThreeMoreScansAsync(ProcessScene scene)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await scene.WaitUntilAsync(
            async db => await db.ScanRuns.CountAsync(run => run.State == ScanRunState.Finished && run.StartedAt > now) >= 3, "three more scans", TimeSpan.FromSeconds(30));
    }
}
