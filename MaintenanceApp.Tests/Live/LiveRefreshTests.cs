using MaintenanceApp.Live;
using MaintenanceApp.Tests.Support;
using Microsoft.Extensions.Logging;

namespace MaintenanceApp.Tests.Live;

public sealed class LiveRefreshTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LogLines log = new();
    private readonly LiveUpdates live;

    public LiveRefreshTests() => live = new LiveUpdates(LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<LiveUpdates>());

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_refresh_that_fails_is_logged_and_the_page_stays_live(Type failure)
    {
        var refreshed = new SemaphoreSlim(0);
        var hasFailed = false;
        using var refresh = LiveRefresh.Start(live, TimeProvider.System, RefreshAsync, typeof(TicketChanged));
        live.Publish(new TicketChanged(1));
        (await refreshed.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
        live.Publish(new TicketChanged(1));
        (await refreshed.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeTrue("it asks again");
        log.Lines.ShouldHaveSingleItem().ShouldContain(failure.Name);

        Task RefreshAsync()
        {
            refreshed.Release();
            if (hasFailed)
            {
                return Task.CompletedTask;
            }

            hasFailed = true;
            throw failure == typeof(ObjectDisposedException) ? new ObjectDisposedException("db") : (Exception)Activator.CreateInstance(failure)!;
        }
    }

    [Fact]
    public async Task Every_page_asks_again_when_the_database_is_back_whatever_it_shows()
    {
        var refreshed = new SemaphoreSlim(0);
        using var refresh = LiveRefresh.Start(live, TimeProvider.System, () => Task.FromResult(refreshed.Release()), typeof(TicketChanged));
        live.Publish(new DatabaseChanged(IsAway: true));
        live.Publish(new DatabaseChanged(IsAway: false));
        (await refreshed.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
        refreshed.CurrentCount.ShouldBe(0, "that it is away is no reason to ask it");
    }
}
