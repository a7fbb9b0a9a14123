namespace MaintenanceApp.Notifications;

/// <summary>
/// The circuit breaker of an endpoint: opens after <see cref="Threshold"/> transient failures in a row; then one probe
/// after a minute, and after twice the time of the last, up to a quarter of an hour, until the receiver takes one.
/// Instants are UTC.
/// </summary>
/// <param name="FailuresInARow">Transient failures since the last answer.</param>
/// <param name="OpenedAt">Null = closed.</param>
/// <param name="ProbeAt">When the next probe may leave; null = closed.</param>
/// <param name="ProbeDelay">From the failed probe to the next.</param>
public sealed record Breaker(int FailuresInARow, DateTime? OpenedAt, DateTime? ProbeAt, TimeSpan ProbeDelay)
{
    public const int Threshold = 5;

    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);
    public static readonly Breaker Closed = new(0, null, null, TimeSpan.Zero);

    public bool IsOpen => OpenedAt is not null;

    /// <param name="endpoint">Null: never sent to.</param>
    public static Breaker Of(WebhookEndpoint? endpoint) => endpoint is null
        ? Closed
        : new(endpoint.FailuresInARow, endpoint.BreakerOpenedAt, endpoint.ProbeAt, TimeSpan.FromSeconds(endpoint.ProbeDelaySeconds));

    public void CopyTo(WebhookEndpoint endpoint) =>
        (endpoint.FailuresInARow, endpoint.BreakerOpenedAt, endpoint.ProbeAt, endpoint.ProbeDelaySeconds) =
        (FailuresInARow, OpenedAt, ProbeAt, (int)ProbeDelay.TotalSeconds);

    /// <param name="result">Any attempt that ended.</param>
    /// <param name="isProbe">It was sent while the breaker was open.</param>
    /// <param name="now">UTC.</param>
    public Breaker After(AttemptResult result, bool isProbe, DateTime now)
    {
        if (result.Status is not null && !result.IsTransient)
        {
            // Any other answer, a refusal too, shows that the receiver is there.
            return Closed;
        }

        if (result.Outcome is AttemptOutcome.Cancelled || (!result.IsTransient && !isProbe))
        {
            return this;
        }

        var failures = FailuresInARow + 1;
        if (!IsOpen)
        {
            return failures < Threshold ? this with { FailuresInARow = failures } : new(failures, now, now + FirstDelay, FirstDelay);
        }

        // Posts that were under way when it opened say nothing new.
        return isProbe ? new(failures, OpenedAt, now + Doubled(), Doubled()) : this with { FailuresInARow = failures };
    }

    private TimeSpan Doubled() => ProbeDelay * 2 < LongestDelay ? ProbeDelay * 2 : LongestDelay;
}
