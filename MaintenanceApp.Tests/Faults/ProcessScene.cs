using System.Diagnostics;
using System.Net.Http.Headers;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Faults;

/// <summary>The real program as a child process, one database, one real receiver; it may be stopped and started again.</summary>
public sealed class ProcessScene : IAsyncDisposable
{
    private readonly Stalls stalls = new();
    private readonly string keys = TestDatabase.TemporaryPath(".keys");

    private ProcessScene(TestDatabase database, WebhookReceiver receiver)
    {
        Database = database;
        Receiver = receiver;
        Given = new(database, TimeProvider.System);
        Settings = new()
        {
            ["Webhook:Url"] = receiver.Url,
            ["Webhook:AllowPrivateNetworks"] = "true",
            ["Notifier:FirstScanDelay"] = "00:00:00.1",
            ["Notifier:ScanInterval"] = "00:00:01",
            ["DataProtection:KeysDirectory"] = keys,
            ["Auth:LoginPermitsPerMinute"] = "1000",
            ["Logging:LogLevel:Default"] = "Warning",
        };
    }

    public TestDatabase Database { get; }

    public WebhookReceiver Receiver { get; }

    public Given Given { get; }

    /// <summary>Of the next start. A scan every second, its first at once; the pace of the contract.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>The one started last.</summary>
    public AppProcess Process => Processes[^1];

    public List<AppProcess> Processes { get; } = [];

    public static async Task<ProcessScene> CreateAsync(DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        await CreateAsync(await TestDatabase.CreateAsync(provider));

    /// <param name="database">Disposed with the scene.</param>
    public static async Task<ProcessScene> CreateAsync(TestDatabase database)
    {
        var receiver = await WebhookReceiver.StartAsync();
        using var warmUp = new HttpClient();
        await warmUp.PostAsync(new Uri(receiver.Url), new StringContent("{}"));
        return new(database, receiver);
    }

    /// <summary>What the receiver got from the application.</summary>
    public IReadOnlyList<Arrival> Posts => [.. Receiver.Arrivals.Where(arrival => arrival.Headers.ContainsKey("webhook-id"))];

    public async Task<AppProcess> StartAsync()
    {
        var process = await AppProcess.ServeAsync(Database, Settings);
        Processes.Add(process);
        return process;
    }

    public HttpClient Client(AppProcess? process = null) => new() { BaseAddress = (process ?? Process).Url, Timeout = TimeSpan.FromSeconds(90) };

    /// <summary>Signed in over the API.</summary>
    public async Task<HttpClient> ClientAsAsync(string role, AppProcess? process = null)
    {
        var user = await Given.User(role);
        var client = Client(process);
        var answer = await client.Post("/api/auth/login", new { email = user.Email, password = Given.Password });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)answer.Json["token"]);
        return client;
    }

    public async Task WaitForPostsAsync(int count, TimeSpan limit) =>
        await Receiver.WaitForAsync(_ => Posts.Count >= count, $"{count} posts", limit);

    /// <summary>Until nothing waits and nothing is under way.</summary>
    public Task WaitUntilAllEndAsync(TimeSpan limit) => WaitUntilAsync(
        async db => !await db.WebhookNotifications.AnyAsync(row => row.Status == NotificationStatus.Pending || row.Status == NotificationStatus.Sending),
        "every notification has ended",
        limit);

    /// <exception cref="TimeoutException">Says what was awaited and what the last process wrote.</exception>
    public async Task WaitUntilAsync(Func<AppDb, Task<bool>> condition, string awaited, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await tick.WaitForNextTickAsync())
        {
            if (await IsSoAsync(condition))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {awaited}. {Posts.Count} posts. The program wrote:\n{Last(Process.Output)}");
            }
        }
    }

    /// <summary>Every promise, and the process that runs now answers.</summary>
    public async Task<Held> HoldAsync(TimeSpan? pace = null, TimeSpan? lease = null)
    {
        using var client = Client();
        await Invariants.PagesAnswerAsync(client);
        Process.HasExited.ShouldBeFalse();
        return await new Invariants(Database, Receiver.Arrivals)
        {
            Stalls = stalls,
            Pace = pace ?? new NotifierOptions().SendInterval,
            ClaimLease = lease ?? new NotifierOptions().ClaimLease,
        }.HoldAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes)
        {
            await process.DisposeAsync();
        }

        stalls.Dispose();
        await Receiver.DisposeAsync();
        await Database.DisposeAsync();
        if (Directory.Exists(keys))
        {
            Directory.Delete(keys, recursive: true);
        }
    }

    /// <summary>False too while the database does not answer: some cases are about that.</summary>
    private async Task<bool> IsSoAsync(Func<AppDb, Task<bool>> condition)
    {
        try
        {
            await using var db = Database.CreateDbContext();
            return await condition(db);
        }
        catch (Exception exception) when (NotifierTrouble.IsStorage(exception))
        {
            return false;
        }
    }

    private static string Last(string output) => output.Length > 6000 ? output[^6000..] : output;
}
