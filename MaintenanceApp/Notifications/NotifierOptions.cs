using System.ComponentModel.DataAnnotations;
using MaintenanceApp.Hosting;
using MaintenanceApp.Jobs;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Notifications;

/// <summary>Section <c>Notifier</c>: when to look, how fast to send, how often to try again. Durations are read as <c>[days.]hh:mm:ss</c>.</summary>
public sealed class NotifierOptions : IValidatableObject
{
    private const int MostRetries = 20;

    private static readonly TimeSpan[] DefaultRetryDelays =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    public TimeSpan ScanInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The first scan after start; not part of the contract, for tests that want to be alone.</summary>
    public TimeSpan FirstScanDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>An accepted notification silences its ticket for this long.</summary>
    public TimeSpan RepeatAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>From the start of one post to the start of the next; 0 turns pacing off, for benchmarks.</summary>
    public TimeSpan SendInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    public int MaxInFlight { get; set; } = 8;

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From the start of the post to the last byte of the answer.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Empty in configuration = the default list. An array, because the binder would append to a list's defaults.</summary>
    public TimeSpan[]? RetryDelays { get; set; }

    public RetrySchedule RetrySchedule => new(RetryDelays is { Length: > 0 } configured ? configured : DefaultRetryDelays);

    /// <summary>Longer than any attempt, so that only a dead process loses its claim.</summary>
    public TimeSpan ClaimLease => RequestTimeout + TimeSpan.FromSeconds(40);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ScanInterval < TimeSpan.FromSeconds(1) || ScanInterval > TimeSpan.FromDays(1))
        {
            yield return new("Notifier:ScanInterval must be between 00:00:01 and 1.00:00:00.");
        }
        else if (CronInterval.Of(ScanInterval) is null)
        {
            yield return new($"Notifier:ScanInterval is {ScanInterval:c}: it must divide a minute, an hour or a day. The nearest are {string.Join(" and ", CronInterval.Nearest(ScanInterval).Select(near => near.ToString("c")))}.");
        }

        if (FirstScanDelay < TimeSpan.Zero || FirstScanDelay > TimeSpan.FromHours(1))
        {
            yield return new("Notifier:FirstScanDelay must be between 00:00:00 and 01:00:00.");
        }

        if (RepeatAfter < TimeSpan.FromMinutes(1) || RepeatAfter > TimeSpan.FromDays(31))
        {
            yield return new("Notifier:RepeatAfter must be between 00:01:00 and 31.00:00:00.");
        }

        if (SendInterval < TimeSpan.Zero || SendInterval > TimeSpan.FromMinutes(1))
        {
            yield return new("Notifier:SendInterval must be between 00:00:00 and 00:01:00.");
        }

        if (MaxInFlight is < 1 or > 100)
        {
            yield return new("Notifier:MaxInFlight must be between 1 and 100.");
        }

        if (ConnectTimeout <= TimeSpan.Zero || ConnectTimeout > TimeSpan.FromMinutes(1))
        {
            yield return new("Notifier:ConnectTimeout must be more than 00:00:00 and at most 00:01:00.");
        }

        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > TimeSpan.FromMinutes(5))
        {
            yield return new("Notifier:RequestTimeout must be more than 00:00:00 and at most 00:05:00.");
        }

        if (RetryDelays is { Length: > MostRetries } || RetryDelays?.Any(delay => delay <= TimeSpan.Zero || delay > TimeSpan.FromDays(7)) == true)
        {
            yield return new($"Notifier:RetryDelays must be at most {MostRetries}, each more than 00:00:00 and at most 7.00:00:00.");
        }
    }
}

/// <summary>The configuration binder leaves out what it cannot read in a list: a retry less, without a word.</summary>
internal sealed class RetryDelaysRule(IConfiguration configuration) : IValidateOptions<NotifierOptions>
{
    public ValidateOptionsResult Validate(string? name, NotifierOptions options) =>
        configuration.GetSection("Notifier:RetryDelays").GetChildren().FirstOrDefault(entry => !ConfiguredDuration.TryParse(entry.Value, out _)) is { } unread
            ? ValidateOptionsResult.Fail($"{unread.Path}: {ConfiguredDuration.Advice(unread.Value)}")
            : ValidateOptionsResult.Success;
}

/// <summary>Section <c>Webhook</c>: where notifications go.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    /// <summary>The Pabbly Connect URL. Empty: nothing is written and nothing is lost until it is set.</summary>
    public string? Url { get; set; }

    /// <summary>Standard Webhooks secrets, <c>whsec_</c> + base64; two during a rotation.</summary>
    public string[] SigningSecrets { get; set; } = [];

    public bool AllowPrivateNetworks { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Data.Blank.ToNull(Url) is { } url && WebhookUrlRule.FaultOf(url, AllowPrivateNetworks) is { } fault)
        {
            yield return new($"Webhook:Url {WebhookUrlRule.English(fault)}.");
        }

        var secrets = SigningSecrets.Where(secret => !string.IsNullOrWhiteSpace(secret)).ToList();
        if (secrets.Count > SecretVault.MostActive)
        {
            yield return new("Webhook:SigningSecrets holds more than two secrets: the current one and the next one are enough.");
        }

        if (!secrets.TrueForAll(WebhookSignature.IsSecret))
        {
            yield return new("Webhook:SigningSecrets must be whsec_ followed by 24 to 64 bytes in base64 (Standard Webhooks).");
        }
    }
}
