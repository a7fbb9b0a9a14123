using System.Diagnostics;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 4: the receiver answers 500, 502, 503 and 504 for six hours, then heals. On a fake clock.</summary>
[Trait("Category", "Faults")]
[Trait("Case", "4")]
public sealed class Case04OutageTests(ITestOutputHelper output)
{
    private const int Tickets = 300;

    private static readonly TimeSpan Outage = TimeSpan.FromHours(6);
    private static readonly int[] Statuses = [500, 502, 503, 504];
    private static readonly TicketPriority[] Priorities = [TicketPriority.Low, TicketPriority.Critical, TicketPriority.Medium, TicketPriority.High];

    [Fact(Explicit = true)]
    public async Task Six_hours_of_errors_use_up_nothing_and_end_in_the_right_order()
    {
        var real = Stopwatch.GetTimestamp();
        await using var scene = await NotifierScene.CreateAsync(settings: ("Notifier:MaxInFlight", "1"));
        var start = scene.Clock.Now;
        var expected = await OverdueTicketsAsync(scene);
        var failing = true;
        scene.Receiver.Decides = _ => failing ? new Reply(Statuses[scene.Receiver.Arrivals.Count % Statuses.Length]) : new Reply();

        await ScanAsync(scene);
        var breaker = await BreakerAsync(scene, state => state.IsOpen);
        breaker.OpenedAt.ShouldBe(start);
        scene.Receiver.Arrivals.Count.ShouldBe(Breaker.Threshold);

        var delays = new List<double>();
        while (breaker.ProbeAt!.Value < start + Outage)
        {
            delays.Add((breaker.ProbeAt.Value - scene.Clock.Now).TotalSeconds);
            scene.Clock.Now = breaker.ProbeAt.Value;
            await ScanAsync(scene);
            var failures = breaker.FailuresInARow;
            breaker = await BreakerAsync(scene, state => state.FailuresInARow > failures);
        }

        var during = scene.Receiver.Arrivals.Count;
        failing = false;
        scene.Clock.Now = breaker.ProbeAt.Value;
        var healed = Stopwatch.GetTimestamp();
        scene.Host.Service<NotificationDispatcher>().Wake();
        await scene.Receiver.WaitForAsync(during + Tickets, TimeSpan.FromMinutes(1));
        var took = Stopwatch.GetElapsedTime(healed);
        foreach (var row in await scene.NotificationsAsync())
        {
            await scene.NotificationAsync(row.Id, ended => ended.Status == NotificationStatus.Delivered);
        }

        delays.Take(6).ShouldBe([60, 120, 240, 480, 900, 900]);
        delays.Skip(6).ShouldAllBe(delay => delay == 900);
        during.ShouldBe(Breaker.Threshold + delays.Count, "five posts open it, then one probe at a time");

        // The probe that finds the receiver back is whichever waited longest for its turn; the others follow by urgency, then age.
        var after = scene.Receiver.Arrivals.Skip(during).Select(post => post.TicketId).ToList();
        after.Skip(1).ShouldBe(expected.Where(ticket => ticket != after[0]));
        await using var db = scene.Database.CreateDbContext();
        var notices = await db.AdminNotices.OrderBy(notice => notice.Id).Select(notice => notice.Kind).ToListAsync(TestContext.Current.CancellationToken);
        notices.ShouldBe([NoticeKind.ReceiverDown, NoticeKind.ReceiverRecovered]);
        var attempts = await scene.AttemptsAsync();
        attempts.Count(attempt => attempt.IsProbe).ShouldBe(delays.Count + 1);
        var held = await new Invariants(scene.Database, scene.Receiver.Arrivals) { Now = scene.Clock.Now }.HoldAsync();
        output.WriteLine(FormattableString.Invariant(
            $"{Tickets} tickets, {Outage.TotalHours:0} h: {during} posts in the outage, probes after {string.Join(", ", delays.Take(6))}… s; then all {Tickets} accepted in {took.TotalSeconds:0.0} s by urgency, then age; notices: {string.Join(", ", notices)}; {held.Dead} dead; {Stopwatch.GetElapsedTime(real).TotalSeconds:0.0} s of real time"));
    }

    /// <returns>Their numbers, most urgent first, then oldest first.</returns>
    private static async Task<List<string>> OverdueTicketsAsync(NotifierScene scene)
    {
        var machine = await scene.Given.Machine();
        var random = new Random(4);
        var made = new List<Ticket>();
        for (var number = 0; number < Tickets; number++)
        {
            var late = TimeSpan.FromMinutes(random.Next(1, 100_000));
            made.Add(await scene.Given.Ticket(
                assignedTo: User.TeamId, scheduled: scene.Clock.Now - late, machine: machine, priority: Priorities[number % Priorities.Length]));
        }

        return [.. made.OrderBy(ticket => OverdueRule.UrgencyOf(ticket.Priority)).ThenBy(ticket => ticket.ScheduledDate).ThenBy(ticket => ticket.Id).Select(ticket => ticket.TicketId)];
    }

    private static async Task ScanAsync(NotifierScene scene)
    {
        var id = await scene.Host.Service<ScanRuns>().BeginAsync(ScanTrigger.Manual, CancellationToken.None);
        await scene.Host.Service<OverdueScan>().RunAsync(id, CancellationToken.None);
    }

    private static async Task<Breaker> BreakerAsync(NotifierScene scene, Func<Breaker, bool> isAsAwaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            var breaker = (await scene.Host.Service<CurrentEndpoint>().ReadAsync(limit.Token)).Breaker;
            if (isAsAwaited(breaker))
            {
                return breaker;
            }

            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
