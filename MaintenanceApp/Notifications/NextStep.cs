namespace MaintenanceApp.Notifications;

/// <summary>What is known of a notification's attempts, the one that just ended included.</summary>
/// <param name="Failed">Attempts that used up a retry: neither probes nor cancelled ones.</param>
/// <param name="Faults">Attempts that ended with a configuration fault.</param>
/// <param name="WasUnknown">An earlier attempt already ended without an answer.</param>
/// <param name="IsTest">A test of the endpoint: made once.</param>
/// <param name="IsProbe">This one was sent while the breaker was open.</param>
/// <param name="Asides">How often in a row it could not be prepared, this time not included.</param>
public sealed record AttemptHistory(int Failed, int Faults, bool WasUnknown = false, bool IsTest = false, bool IsProbe = false, int Asides = 0);

/// <summary>What an attempt's result means for its notification.</summary>
/// <param name="Status">Delivered, Cancelled, Dead, or Pending with a delay.</param>
/// <param name="Delay">Until the next attempt.</param>
/// <param name="Cause">One of <see cref="NotificationCause"/> when dead or cancelled.</param>
public sealed record NextStep(NotificationStatus Status, TimeSpan? Delay = null, string? Cause = null)
{
    /// <param name="result">The attempt that just ended.</param>
    /// <param name="history">The attempts so far.</param>
    /// <param name="schedule">The retry delays.</param>
    /// <param name="random">0 to 1, for the jitter.</param>
    public static NextStep After(AttemptResult result, AttemptHistory history, RetrySchedule schedule, double random)
    {
        if (result.Outcome == AttemptOutcome.Accepted)
        {
            return new(NotificationStatus.Delivered);
        }

        if (result.Outcome == AttemptOutcome.Cancelled)
        {
            return result.Refusal switch
            {
                { Cause: { } cause } => new(NotificationStatus.Cancelled, null, cause),
                { Broken: not null } => history.IsTest || history.Asides + 1 >= StepAside.Most ? Dead(NotificationCause.CannotBePrepared) : Again(StepAside.Wait),
                _ => Again(TimeSpan.Zero),
            };
        }

        if (history.IsTest)
        {
            return Dead(NotificationCause.TestFailed);
        }

        if (result.Outcome == AttemptOutcome.Gone)
        {
            return Dead(NotificationCause.EndpointGone);
        }

        if (result.IsUnknown && history.WasUnknown)
        {
            return Dead(NotificationCause.OutcomeUnknown);
        }

        if (result.IsConfigurationFault)
        {
            return RetrySchedule.AfterFault(history.Faults) is { } wait ? Again(wait) : Dead(NotificationCause.EndpointRefuses);
        }

        if (history.IsProbe)
        {
            // The breaker says when the next one leaves.
            return Again(TimeSpan.Zero);
        }

        return schedule.AfterTransient(history.Failed, random, result.RetryAfter) is { } delay ? Again(delay) : Dead(NotificationCause.RetriesExhausted);
    }

    private static NextStep Again(TimeSpan delay) => new(NotificationStatus.Pending, delay);

    private static NextStep Dead(string cause) => new(NotificationStatus.Dead, null, cause);
}
