using System.Diagnostics;
using MaintenanceApp.Notifications;

namespace MaintenanceApp.Tests.Notifications;

public sealed class PaceGateTests
{
    [Fact]
    public async Task Nobody_passes_sooner_than_the_interval_however_many_push()
    {
        var interval = TimeSpan.FromMilliseconds(50);
        var gate = new PaceGate(TimeProvider.System);
        var passes = new List<long>();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            await gate.PassAsync(interval, CancellationToken.None);
            lock (passes)
            {
                passes.Add(Stopwatch.GetTimestamp());
            }
        })));

        // A pass is noted a moment after it happened, so the whole span is exact and single gaps are not.
        passes.Sort();
        Stopwatch.GetElapsedTime(passes[0], passes[^1]).ShouldBeGreaterThanOrEqualTo(11 * interval - TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public async Task A_zero_interval_does_not_wait()
    {
        var gate = new PaceGate(TimeProvider.System);

        foreach (var _ in Enumerable.Range(0, 1000))
        {
            gate.PassAsync(TimeSpan.Zero, CancellationToken.None).IsCompleted.ShouldBeTrue();
        }

        await Task.CompletedTask;
    }
}
