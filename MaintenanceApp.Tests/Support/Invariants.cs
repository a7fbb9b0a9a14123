using System.Diagnostics;
using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using MaintenanceApp.Overdue;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Support;

/// <summary>What a case showed while its promises held.</summary>
/// <param name="Posts">Requests that reached the receiver.</param>
/// <param name="Repeats">Of these, further copies of one webhook-id after an attempt whose outcome nobody knows.</param>
/// <param name="Delivered">Notifications that ended accepted.</param>
/// <param name="Dead">Notifications that ended dead, each with its cause.</param>
/// <param name="ShortestGap">Between two posts at the receiver; null with fewer than two.</param>
/// <param name="Stalled">The longest time the receiver's own process did not run.</param>
public sealed record Held(int Posts, int Repeats, int Delivered, int Dead, TimeSpan? ShortestGap, TimeSpan Stalled)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Posts} posts, {Repeats} marked repeats, {Delivered} delivered, {Dead} dead, shortest gap {ShortestGap?.TotalMilliseconds ?? 0:0} ms") +
        (Stalled > TimeSpan.FromMilliseconds(20) ? FormattableString.Invariant($" (this machine stalled for up to {Stalled.TotalMilliseconds:0} ms)") : "");
}

/// <summary>
/// The promises that hold after every fault, checked on the database and on what the receiver saw. Every broken one is
/// listed at once.
/// </summary>
/// <param name="database">The application's.</param>
/// <param name="arrivals">Everything the receiver saw, in any order; requests without a <c>webhook-id</c> are not ours.</param>
public sealed class Invariants(TestDatabase database, IEnumerable<Arrival> arrivals)
{
    /// <summary>Sockets and timers jitter; scripts/bench holds the figure of a quiet machine.</summary>
    public static readonly TimeSpan PaceTolerance = TimeSpan.FromMilliseconds(10);

    private readonly Arrival[] posts = [.. arrivals.Where(arrival => arrival.Headers.ContainsKey("webhook-id")).OrderBy(arrival => arrival.Timestamp)];

    /// <summary>Zero: pacing is off in this case.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>When the receiver's own process did not run: what it saw then, it saw too late.</summary>
    public Stalls? Stalls { get; init; }

    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>As the case configured <c>Notifier:RequestTimeout</c>.</summary>
    public TimeSpan ClaimLease { get; init; } = new NotifierOptions().ClaimLease;

    /// <summary>The breaker is still open: tickets may wait.</summary>
    public bool SomeMayWait { get; init; }

    /// <summary>UTC; the clock of the case.</summary>
    public DateTime Now { get; init; } = TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <exception cref="ShouldAssertException">At least one is broken; the message lists all.</exception>
    public async Task<Held> HoldAsync()
    {
        await using var db = database.CreateDbContext();
        var rows = await db.WebhookNotifications.AsNoTracking().ToListAsync();
        var attempts = (await db.WebhookAttempts.AsNoTracking().OrderBy(row => row.Number).ToListAsync()).ToLookup(row => row.NotificationId);
        var gap = ShortestGap();
        IEnumerable<string> broken =
        [
            .. AcceptedTwice(rows),
            .. SharedIds(rows),
            .. TooClose(),
            .. ClaimedTooLong(rows),
            .. PostsWithoutAttempt(rows, attempts),
            .. rows.SelectMany(row => WrongRepeats(row, [.. attempts[row.Id]])),
            .. await ForgottenAsync(db),
        ];

        var repeats = rows.Sum(row => Math.Max(0, Math.Min(PostsOf(row), attempts[row.Id].Count(IsUnknown) + 1) - 1));
        var held = new Held(posts.Length, repeats, Count(NotificationStatus.Delivered), Count(NotificationStatus.Dead), gap, Stalls?.Longest ?? TimeSpan.Zero);
        broken.ToList().ShouldBeEmpty(held.ToString());
        return held;

        int Count(NotificationStatus status) => rows.Count(row => row.Status == status);
    }

    /// <summary>The process answers, and its pages too.</summary>
    public static async Task PagesAnswerAsync(HttpClient client)
    {
        foreach (var path in new[] { "/health/live", "/login" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            ((int)answer.StatusCode).ShouldBe(200, path);
        }
    }

    private IEnumerable<string> AcceptedTwice(IEnumerable<WebhookNotification> rows) => rows
        .Where(row => row is { Status: NotificationStatus.Delivered, Trigger: NotificationTrigger.Scan, NotificationType: WebhookNotification.OverdueScheduled })
        .GroupBy(row => row.TicketId)
        .Select(ticket => (Ticket: ticket.Key, Sent: ticket.Select(row => row.SentAt!.Value).Order().ToArray()))
        .Where(ticket => ticket.Sent.Zip(ticket.Sent.Skip(1)).Any(pair => pair.Second - pair.First < RepeatAfter))
        .Select(ticket => $"ticket {ticket.Ticket} was accepted more than once within {RepeatAfter}: {string.Join(", ", ticket.Sent.Select(sent => $"{sent:O}"))}");

    private IEnumerable<string> SharedIds(IReadOnlyCollection<WebhookNotification> rows) =>
    [
        .. rows.GroupBy(row => row.WebhookId).Where(same => same.Count() > 1).Select(same => $"webhook-id {same.Key} belongs to {same.Count()} notifications"),
        .. posts.GroupBy(post => post.WebhookId).Where(same => same.Select(post => post.TicketId).Distinct().Count() > 1)
            .Select(same => $"webhook-id {same.Key} was used for {string.Join(" and ", same.Select(post => post.TicketId).Distinct())}"),
    ];

    private IEnumerable<string> TooClose() => Pace == TimeSpan.Zero
        ? []
        : posts.Zip(posts.Skip(1))
            .Where(pair => Gap(pair.First, pair.Second) + (Stalls?.Before(pair.First.Timestamp) ?? TimeSpan.Zero) < Pace - PaceTolerance)
            .Select(pair => $"two posts {Gap(pair.First, pair.Second).TotalMilliseconds:0.0} ms apart: sent at {(string?)pair.First.Json["notification_sent_at"]} and {(string?)pair.Second.Json["notification_sent_at"]}");

    private static TimeSpan Gap(Arrival before, Arrival after) => Stopwatch.GetElapsedTime(before.Timestamp, after.Timestamp);

    private TimeSpan? ShortestGap() =>
        posts.Length < 2 ? null : posts.Zip(posts.Skip(1), Gap).Min();

    private IEnumerable<string> ClaimedTooLong(IEnumerable<WebhookNotification> rows) => rows
        .Where(row => row.Status == NotificationStatus.Sending
            && (row.ClaimedUntil is not { } until || until < Now || until - row.SentAt > ClaimLease + TimeSpan.FromSeconds(1)))
        .Select(row => $"notification {row.Id} is claimed until {row.ClaimedUntil:O}, sent at {row.SentAt:O}, lease {ClaimLease}");

    private IEnumerable<string> PostsWithoutAttempt(IEnumerable<WebhookNotification> rows, ILookup<int, WebhookAttempt> attempts)
    {
        var ids = rows.Where(row => row.WebhookId != null).ToDictionary(row => row.WebhookId!, row => row.Id);
        return posts.GroupBy(post => post.WebhookId)
            .Where(same => !ids.TryGetValue(same.Key, out var id) || attempts[id].Count() < same.Count())
            .Select(same => $"webhook-id {same.Key} reached the receiver {same.Count()} times; attempts on record: {(ids.TryGetValue(same.Key, out var id) ? attempts[id].Count() : 0)}");
    }

    /// <summary>After an accepted attempt there is none; after one without an outcome there is one more, marked.</summary>
    private static IEnumerable<string> WrongRepeats(WebhookNotification row, WebhookAttempt[] attempts)
    {
        var earlier = attempts.SkipLast(1).ToArray();
        if (earlier.Any(attempt => attempt.Outcome == AttemptOutcome.Accepted))
        {
            yield return $"notification {row.Id} was sent again after it had been accepted";
        }

        if (earlier.Any(IsUnknown) && !row.PossibleDuplicate)
        {
            yield return $"notification {row.Id} was sent again after an attempt without an outcome, and is not marked";
        }

        if (attempts.Count(IsUnknown) > 2)
        {
            yield return $"notification {row.Id} has {attempts.Count(IsUnknown)} attempts without an outcome: it may be repeated once";
        }
    }

    private async Task<IEnumerable<string>> ForgottenAsync(AppDb db)
    {
        var eligible = await db.Tickets.Where(OverdueRule.IsDue(Now)).Where(OverdueRule.IsAwake(Now)).Select(ticket => new
        {
            ticket.TicketId,
            Statuses = db.WebhookNotifications.Where(row => row.TicketId == ticket.Id).Select(row => row.Status).ToList(),
        }).ToListAsync();
        return eligible
            .Where(ticket => !ticket.Statuses.Any(status => status is NotificationStatus.Delivered or NotificationStatus.Dead
                || (SomeMayWait && status is NotificationStatus.Pending or NotificationStatus.Sending)))
            .Select(ticket => $"{ticket.TicketId} is overdue and neither accepted nor dead: {string.Join(", ", ticket.Statuses)}");
    }

    private int PostsOf(WebhookNotification row) => posts.Count(post => post.WebhookId == row.WebhookId);

    /// <summary>Left as it was written before the send, by a process that died.</summary>
    private static bool IsUnknown(WebhookAttempt attempt) => attempt.Outcome == AttemptOutcome.Unknown;
}
