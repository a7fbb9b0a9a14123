using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Support;

/// <summary>The whole straight line on one database, one clock and one real receiver: scan, outbox, dispatcher, post.</summary>
public sealed class NotifierScene : IAsyncDisposable
{
    private NotifierScene(TestDatabase database, WebhookReceiver receiver, FakeClock clock, AppHost host)
    {
        Database = database;
        Receiver = receiver;
        Clock = clock;
        Host = host;
    }

    public TestDatabase Database { get; }

    public WebhookReceiver Receiver { get; }

    public FakeClock Clock { get; }

    public AppHost Host { get; }

    public Given Given => Host.Given;

    /// <summary>No pace and no scheduler unless a setting says so.</summary>
    public static async Task<NotifierScene> CreateAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite, bool withJobs = false, params (string Key, string? Value)[] settings) =>
        await CreateAsync(new FakeClock(), provider, withJobs, settings);

    /// <summary>On a clock of the test's own.</summary>
    public static async Task<NotifierScene> CreateAsync(
        FakeClock clock, DatabaseProvider provider = DatabaseProvider.Sqlite, bool withJobs = false, params (string Key, string? Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var receiver = await WebhookReceiver.StartAsync();
        var all = new Dictionary<string, string?>
        {
            ["Webhook:Url"] = receiver.Url,
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Notifier:SendInterval"] = "00:00:00",
            ["Notifier:FirstScanDelay"] = "01:00:00",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var host = new AppHost(database, clock, all, withJobs);
        _ = host.Services; // Starts it now: on first use by several threads at once it would start several times.
        return new(database, receiver, clock, host);
    }

    /// <summary>One scan, and the first attempt of each of its notifications.</summary>
    public async Task<ScanSummary> ScanAsync()
    {
        var runs = Host.Service<ScanRuns>();
        var id = await runs.BeginAsync(ScanTrigger.Manual, CancellationToken.None);
        await Host.Service<OverdueScan>().RunAsync(id, CancellationToken.None);
        (await runs.WaitAsync(id, TimeSpan.FromSeconds(30), CancellationToken.None)).ShouldBeTrue("the first attempts ended within 30 s");
        return (await Host.Service<ScanRunQueries>().FindAsync(id, CancellationToken.None))!.Summary!;
    }

    /// <summary>Moves the clock to the next retry and waits until it has been made.</summary>
    public async Task RetryAsync()
    {
        await using var db = Database.CreateDbContext();
        var waiting = await db.WebhookNotifications.AsNoTracking().Where(row => row.Status == NotificationStatus.Pending).OrderBy(row => row.NextAttemptAt).FirstAsync();
        Clock.Now = waiting.NextAttemptAt!.Value;
        Host.Service<NotificationDispatcher>().Wake();
        await NotificationAsync(waiting.Id, row => row.AttemptCount > waiting.AttemptCount && row.Status != NotificationStatus.Sending);
    }

    /// <summary>The row once it is as described.</summary>
    /// <exception cref="TimeoutException">It does not get there in 20 s.</exception>
    public async Task<WebhookNotification> NotificationAsync(int id, Func<WebhookNotification, bool> isAsAwaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            await using var db = Database.CreateDbContext();
            var row = await db.WebhookNotifications.AsNoTracking().SingleAsync(notification => notification.Id == id);
            if (isAsAwaited(row))
            {
                return row;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"Notification {id} is {row.Status} after {row.AttemptCount} attempts.");
            }

            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async Task<List<WebhookNotification>> NotificationsAsync()
    {
        await using var db = Database.CreateDbContext();
        return await db.WebhookNotifications.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    public async Task<List<WebhookAttempt>> AttemptsAsync()
    {
        await using var db = Database.CreateDbContext();
        return await db.WebhookAttempts.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // The receiver first: posts that hang end at once, and the host need not wait for their timeout.
        await Receiver.DisposeAsync();
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }
}
