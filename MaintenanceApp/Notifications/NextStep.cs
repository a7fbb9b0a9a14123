namespace MaintenanceApp.Notifications;

/// <summary>What an attempt's result means for its notification.</summary>
/// <param name="Status">Delivered, Dead, or Pending with a delay.</param>
/// <param name="Delay">Until the next attempt.</param>
/// <param name="Cause">One of <see cref="NotificationCause"/> when dead.</param>
public sealed record NextStep(NotificationStatus Status, TimeSpan? Delay = null, string? Cause = null)
{
    /// <param name="result">The attempt that just ended.</param>
    /// <param name="attempts">Attempts so far, this one included.</param>
    /// <param name="faults">Attempts that ended with a configuration fault, this one included.</param>
    /// <param name="wasUnknown">An earlier attempt already ended without an answer.</param>
    /// <param name="schedule">The retry delays.</param>
    /// <param name="random">0 to 1, for the jitter.</param>
    public static NextStep After(AttemptResult result, int attempts, int faults, bool wasUnknown, RetrySchedule schedule, double random)
    {
        if (result.Outcome == AttemptOutcome.Accepted)
        {
            return new(NotificationStatus.Delivered);
        }

        if (result.Outcome == AttemptOutcome.Gone)
        {
            return Dead(NotificationCause.EndpointGone);
        }

        if (result.IsUnknown && wasUnknown)
        {
            return Dead(NotificationCause.OutcomeUnknown);
        }

        if (result.IsConfigurationFault)
        {
            return RetrySchedule.AfterFault(faults) is { } wait
                ? new(NotificationStatus.Pending, wait)
                : Dead(NotificationCause.EndpointRefuses);
        }

        return schedule.AfterTransient(attempts, random, result.RetryAfter) is { } delay
            ? new(NotificationStatus.Pending, delay)
            : Dead(NotificationCause.RetriesExhausted);
    }

    private static NextStep Dead(string cause) => new(NotificationStatus.Dead, null, cause);
}
