using System.Data.Common;
using System.Net;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Counts calls with a wrong secret in memory and tells administrators at most once a second, so that a flood of them
/// costs no database write each. What was presented is never kept: it may be a mistyped secret.
/// </summary>
public sealed partial class CronRefusals(AdminNotices notices, TimeProvider clock, ILogger<CronRefusals> logger) : BackgroundService
{
    /// <summary>Beyond it, callers are counted together, without an address.</summary>
    private const int MaxCallers = 100;

    private const string OtherCallers = "";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, int> counts = [];
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <param name="caller">Null where the connection has none.</param>
    public void Add(IPAddress? caller)
    {
        var address = caller is { IsIPv4MappedToIPv6: true } ? caller.MapToIPv4().ToString() : caller?.ToString() ?? OtherCallers;
        lock (counts)
        {
            var key = counts.Count < MaxCallers || counts.ContainsKey(address) ? address : OtherCallers;
            counts[key] = counts.GetValueOrDefault(key) + 1;
            if (signal.CurrentCount == 0)
            {
                signal.Release();
            }
        }
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<string, int>[] counted;
        lock (counts)
        {
            counted = [.. counts];
            counts.Clear();
        }

        foreach (var (address, times) in counted)
        {
            await notices.CountAsync(NoticeKind.CronSecretRefused, address == OtherCallers ? null : address, times, cancellationToken);
        }
    }

    public override void Dispose()
    {
        signal.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await signal.WaitAsync(stoppingToken);
                await WriteAsync(stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // What was counted in the last second is not worth delaying the stop.
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException)
            {
                LogNotWritten(logger, exception);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calls of the cron route with a wrong secret could not be counted")]
    private static partial void LogNotWritten(ILogger logger, Exception exception);
}
