using System.Globalization;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static MaintenanceApp.Tests.Support.RawBehaviours;

namespace MaintenanceApp.Tests.Faults;

/// <summary>Case 5: 429 and 503 with every form of <c>Retry-After</c>.</summary>
[Trait("Case", "5")]
public sealed class Case05RetryAfterTests
{
    private const int Cap = 6 * 3600;

    private static readonly OnePost Post = new();

    [Theory]
    [InlineData(null, "Retry-After: 120")]
    [InlineData(120, "Retry-After: 120")]
    [InlineData(7, "retry-after:    7   ")]
    [InlineData(null)]
    [InlineData(null, "Retry-After:")]
    [InlineData(null, "Retry-After: 0")]
    [InlineData(null, "Retry-After: -30")]
    [InlineData(null, "Retry-After: 1.5")]
    [InlineData(null, "Retry-After: bient\u00f4t")]
    [InlineData(null, "Retry-After: Wed, 12 Nov 2014 09:00:00 GMT")]
    [InlineData(Cap, "Retry-After: 86400")]
    [InlineData(Cap, "Retry-After: 2147483648")]
    [InlineData(Cap, "Retry-After: 99999999999999999999999999")]
    [InlineData(Cap, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData(300, "Retry-After: 60", "Retry-After: 300")]
    [InlineData(60, "Retry-After: 60", "Retry-After: demain")]
    public async Task Every_form_is_read_for_what_it_is(int? seconds, params string[] headers)
    {
        // The first row shows that only a pushing-back answer is asked for its time.
        var isPushBack = !(seconds is null && headers is ["Retry-After: 120"]);
        foreach (var status in isPushBack ? new[] { 429, 503 } : [200])
        {
            var result = await Post.ToAsync(ReadRequest, Answer(status, "plus tard", headers));
            result.Outcome.ShouldBe(status switch { 429 => AttemptOutcome.RateLimited, 503 => AttemptOutcome.ServerError, _ => AttemptOutcome.Accepted }, result.Error);
            if (isPushBack)
            {
                result.RetryAfter.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
            }
        }
    }

    [Theory]
    [InlineData(429, "600", 600)]
    [InlineData(503, "600", 600)]
    [InlineData(503, "date", 600)]
    [InlineData(429, "86400", Cap)]
    [InlineData(429, "-5", null)]
    [InlineData(503, "plus tard", null)]
    public async Task The_next_attempt_waits_for_it_and_so_does_the_whole_endpoint(int status, string value, int? holdSeconds)
    {
        await using var scene = await NotifierScene.CreateAsync();
        var ticket = await scene.Given.OverdueTicket();
        var start = scene.Clock.Now;
        var header = value == "date" ? start.AddSeconds(600).AddMilliseconds(-start.Millisecond).ToString("R", CultureInfo.InvariantCulture) : value;
        scene.Receiver.AnswerFor(ticket.TicketId, new Reply(status) { Headers = new Dictionary<string, string> { ["Retry-After"] = header } });

        await scene.ScanAsync();

        var row = (await scene.NotificationsAsync()).ShouldHaveSingleItem();
        row.Status.ShouldBe(NotificationStatus.Pending);
        var wait = row.NextAttemptAt!.Value - start;
        await using var db = scene.Database.CreateDbContext();
        var held = (await db.WebhookEndpoints.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).HeldUntil;
        if (holdSeconds is not { } hold)
        {
            held.ShouldBeNull();
            wait.TotalSeconds.ShouldBeInRange(24, 36, "the plain schedule: 30 s and a fifth either way");
            return;
        }

        // A date counts whole seconds; the jitter only adds.
        wait.TotalSeconds.ShouldBeInRange(hold - 1, (hold * 1.2) + 1);
        (held!.Value - start).TotalSeconds.ShouldBeInRange(hold - 1, hold);
        wait.ShouldBeGreaterThanOrEqualTo(held.Value - start);

        await scene.Given.OverdueTicket();
        scene.Clock.Now = held.Value.AddSeconds(-1);
        scene.Host.Service<NotificationDispatcher>().Wake();
        await BeginScanAsync(scene);
        await scene.Host.Service<NotificationDispatcher>().DrainAsync(TestContext.Current.CancellationToken);
        scene.Receiver.Arrivals.Count.ShouldBe(1, "nothing leaves for an endpoint that named a later time");

        scene.Clock.Now = row.NextAttemptAt!.Value.AddSeconds(1);
        scene.Host.Service<NotificationDispatcher>().Wake();
        (await scene.Receiver.WaitForAsync(3)).Select(post => post.TicketId).Distinct().Count().ShouldBe(2);
    }

    private static async Task BeginScanAsync(NotifierScene scene)
    {
        var id = await scene.Host.Service<MaintenanceApp.Overdue.ScanRuns>().BeginAsync(MaintenanceApp.Overdue.ScanTrigger.Manual, CancellationToken.None);
        await scene.Host.Service<MaintenanceApp.Overdue.OverdueScan>().RunAsync(id, CancellationToken.None);
    }
}
