using System.Net;
using System.Text;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Tests.Support;

/// <summary>The sender alone, with short timeouts: one post to a receiver that misbehaves, and how it ended.</summary>
public sealed class OnePost
{
    public const string Body = "{\"ticket_id\":\"IGP-ESSAI-0001\"}";

    private readonly WebhookSender sender;

    /// <param name="allowPrivate">As <c>Webhook:AllowPrivateNetworks</c>.</param>
    /// <param name="resolve">Names; the system's own resolver unless given.</param>
    /// <param name="requestSeconds">As <c>Notifier:RequestTimeout</c>; shorter ones end in a timeout where the machine is busy.</param>
    /// <param name="connectSeconds">As <c>Notifier:ConnectTimeout</c>.</param>
    public OnePost(bool allowPrivate = true, ResolveHost? resolve = null, double requestSeconds = 10, double connectSeconds = 5)
    {
        var notifier = new Fixed<NotifierOptions>(new NotifierOptions
        {
            SendInterval = TimeSpan.Zero,
            RequestTimeout = TimeSpan.FromSeconds(requestSeconds),
            ConnectTimeout = TimeSpan.FromSeconds(connectSeconds),
        });
        var webhook = new Fixed<WebhookOptions>(new WebhookOptions { AllowPrivateNetworks = allowPrivate });
        sender = new WebhookSender(new OutgoingConnections(resolve ?? Dns.GetHostAddressesAsync, webhook, notifier), notifier, TimeProvider.System);
    }

    public Task<AttemptResult> ToAsync(string url) =>
        sender.SendAsync(new WebhookRequest(url, "msg_essai", FakeClock.Start, Encoding.UTF8.GetBytes(Body)));

    /// <summary>To a receiver on 127.0.0.1 that does this, and is gone afterwards.</summary>
    public async Task<AttemptResult> ToAsync(params RawStep[] script)
    {
        await using var raw = RawReceiver.Start(script);
        return await ToAsync(raw.Url);
    }

    private sealed class Fixed<T>(T value) : IOptionsMonitor<T>
    {
        public T CurrentValue => value;

        public T Get(string? name) => value;

        public IDisposable? OnChange(Action<T, string?> listener) => null;
    }
}
