using MaintenanceApp.Hosting;
using MaintenanceApp.Notifications;
using Microsoft.Extensions.Localization;

namespace MaintenanceApp.Components;

/// <summary>What keeps notifications from leaving, the gravest first.</summary>
public enum EndpointTrouble
{
    NoUrl,

    /// <summary>It answered 410.</summary>
    Disabled,
    Paused,

    /// <summary>The signing secret cannot be decrypted.</summary>
    SecretUnreadable,

    /// <summary>It named a time (<c>Retry-After</c>).</summary>
    Held,

    /// <summary>The breaker is open: only probes leave.</summary>
    Down,

    /// <summary>It failed lately; the breaker is still closed.</summary>
    Failing,
}

/// <summary>The state of the receiver in words.</summary>
/// <param name="Trouble">Which.</param>
/// <param name="Title">The sentence in bold; short enough for a pane.</param>
/// <param name="Text">What waits and what happens next.</param>
/// <param name="NextAt">When something leaves again, UTC; null = unknown or at once.</param>
public sealed record EndpointSituation(EndpointTrouble Trouble, string Title, string Text, DateTime? NextAt = null);

/// <summary>The one place that says how the receiver is: the strip of every page and the operations page read it here.</summary>
public sealed class EndpointWords(IStringLocalizer<NotificationTexts> texts, InstantText instants, SiteClock site)
{
    /// <returns>Null while all is well.</returns>
    public EndpointSituation? Of(EndpointState state, DispatchBacklog queue)
    {
        var now = site.UtcNow;
        return state switch
        {
            { Url: null } => new(EndpointTrouble.NoUrl, texts["NoEndpointTitle"], texts["NoEndpointText"]),
            { DisabledAt: { } disabled } => new(EndpointTrouble.Disabled, texts["DisabledTitle", Host(state), Since(disabled)], Join(Waiting(queue), texts["DisabledText"])),
            { PausedAt: { } paused } => new(EndpointTrouble.Paused, texts["PausedTitle", Since(paused)], Join(Waiting(queue), texts["PausedText"])),
            _ when queue.IsSecretUnreadable => new(EndpointTrouble.SecretUnreadable, texts["SecretUnreadableTitle"], Join(Waiting(queue), texts["SecretUnreadableText"])),
            { HeldUntil: { } held } when held > now => new(
                EndpointTrouble.Held, texts["HeldTitle", Host(state), instants.Compact(held, now)], Join(Failures(state), Waiting(queue), texts["NothingLost"])),
            { Breaker: { OpenedAt: { } opened } breaker } => new(
                EndpointTrouble.Down,
                Title(state, queue, queue.FailingSince ?? opened),
                Join(Failures(state), Waiting(queue), texts[queue.Waiting > 0 ? "NothingLost" : "NothingWaits"]),
                breaker.ProbeAt > now && queue.Waiting > 0 ? breaker.ProbeAt : null),
            _ when queue is { Retrying: > 0, FailingSince: { } since } => new(
                EndpointTrouble.Failing, Title(state, queue, since), Join(Failures(state), Waiting(queue), texts["NothingLost"]), queue.NextAttemptAt > now ? queue.NextAttemptAt : null),
            _ => null,
        };
    }

    /// <summary>« 2 h 10 » today, else with its day: what follows « depuis ».</summary>
    public string Since(DateTime utc) =>
        site.ToLocal(utc).Date == site.ToLocal(site.UtcNow).Date ? instants.Time(utc) : instants.Compact(utc, site.UtcNow);

    public static string Host(EndpointState state) => Uri.TryCreate(state.Url, UriKind.Absolute, out var uri) ? uri.Host : "";

    private string Title(EndpointState state, DispatchBacklog queue, DateTime since) => queue.LastStatus is { } status
        ? texts["AnswersTitle", Host(state), status, Since(since)]
        : texts["SilentTitle", Host(state), Since(since)];

    private string? Failures(EndpointState state) => state.Breaker.FailuresInARow > 1 ? texts["FailuresInARow", state.Breaker.FailuresInARow].Value : null;

    private string? Waiting(DispatchBacklog queue) => queue is { Waiting: > 0, OldestAt: { } oldest }
        ? texts[queue.Waiting == 1 ? "WaitingSinceOne" : "WaitingSinceMany", queue.Waiting, Since(oldest)].Value
        : null;

    private static string Join(params string?[] sentences) => string.Join(' ', sentences.Where(sentence => sentence is not null));
}
