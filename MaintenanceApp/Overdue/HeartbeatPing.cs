using System.Threading.Channels;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Overdue;

/// <summary>
/// Tells a watcher outside that a scan ended (<c>Notifier:HeartbeatUrl</c>), so that a dead host is noticed too. Never
/// blocks or fails a scan: a call under way is left behind when a newer scan ends.
/// </summary>
public sealed partial class HeartbeatPing(
    OutgoingConnections connections, IOptionsMonitor<HeartbeatOptions> options, TimeProvider clock, ILogger<HeartbeatPing> logger) : BackgroundService
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> ended = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Returns at once.</summary>
    /// <param name="isGood">The scan did its work.</param>
    public void Send(bool isGood) => ended.Writer.TryWrite(isGood);

    /// <summary><c>/fail</c> belongs to the path, before a query.</summary>
    internal static Uri AddressOf(string url, bool isGood)
    {
        var uri = new UriBuilder(url);
        if (!isGood)
        {
            uri.Path = uri.Path.TrimEnd('/') + "/fail";
        }

        return uri.Uri;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var isGood in ended.Reader.ReadAllAsync(stoppingToken))
            {
                if (Blank.ToNull(options.CurrentValue.HeartbeatUrl) is { } url)
                {
                    await CallAsync(url, isGood, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task CallAsync(string url, bool isGood, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Deadline);
        try
        {
            using var client = connections.CreateClient(new AttemptTrace(clock));
            using var message = new HttpRequestMessage(HttpMethod.Get, AddressOf(url, isGood));
            using var answer = await client.SendAsync(message, limit.Token);
            if (!answer.IsSuccessStatusCode)
            {
                LogRefused(logger, WebhookUrlMask.Of(url), (int)answer.StatusCode);
            }
        }
#pragma warning disable CA1031 // The watcher's trouble is never the scan's; its silence is what it tells.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // Not the exception: its text may hold the whole URL.
            LogFailed(logger, WebhookUrlMask.Of(url), exception.GetBaseException() is BlockedAddressException ? "its address is not public"
                : exception is HttpRequestException { HttpRequestError: var cause } ? cause.ToString() : exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat {Url} answered {Status}")]
    private static partial void LogRefused(ILogger logger, string url, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat {Url} could not be called: {Cause}")]
    private static partial void LogFailed(ILogger logger, string url, string cause);
}

/// <summary>The heartbeat and its configuration.</summary>
internal static class HeartbeatRegistration
{
    public static IServiceCollection AddHeartbeat(this IServiceCollection services)
    {
        services.AddOptions<HeartbeatOptions>().BindConfiguration("Notifier").ValidateOnStart();
        services.AddSingleton<IValidateOptions<HeartbeatOptions>, HeartbeatRule>();
        services.AddSingleton<HeartbeatPing>();
        services.AddHostedService(provider => provider.GetRequiredService<HeartbeatPing>());
        return services;
    }

    /// <summary>The same URLs as a webhook's.</summary>
    private sealed class HeartbeatRule(IOptions<WebhookOptions> webhook) : IValidateOptions<HeartbeatOptions>
    {
        public ValidateOptionsResult Validate(string? name, HeartbeatOptions options) =>
            Blank.ToNull(options.HeartbeatUrl) is { } url && WebhookUrlRule.FaultOf(url, webhook.Value.AllowPrivateNetworks) is { } fault
                ? ValidateOptionsResult.Fail($"Notifier:HeartbeatUrl {WebhookUrlRule.English(fault)}.")
                : ValidateOptionsResult.Success;
    }
}
