namespace MaintenanceApp.Notifications;

/// <summary>
/// When to try again. Transient failures follow the configured delays; configuration faults (a redirect, a refusal, a
/// certificate) wait for a person: 30 minutes and 4 hours, then dead.
/// </summary>
/// <param name="Delays">From each failed attempt to the next one.</param>
public sealed record RetrySchedule(IReadOnlyList<TimeSpan> Delays)
{
    /// <summary>No <c>Retry-After</c> holds an endpoint for longer.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromHours(6);

    private const double Jitter = 0.2;

    private static readonly TimeSpan[] FaultDelays = [TimeSpan.FromMinutes(30), TimeSpan.FromHours(4)];

    /// <summary>Attempts in all when every one fails for a transient reason: the first and one after each delay.</summary>
    public int MaxAttempts => Delays.Count + 1;

    /// <param name="failed">1 after the first failed attempt.</param>
    /// <param name="random">0 to 1: where in the ±20 % to land, so that many tickets do not come back at the same instant.</param>
    /// <param name="retryAfter">What the receiver asked for: never waits less, so the jitter then only adds.</param>
    /// <returns>Null when every retry is used up.</returns>
    public TimeSpan? AfterTransient(int failed, double random, TimeSpan? retryAfter)
    {
        if (failed > Delays.Count)
        {
            return null;
        }

        var delay = Delays[failed - 1];
        return retryAfter is { } asked
            ? (asked > delay ? asked : delay) * (1 + (Jitter * random))
            : delay * (1 + (Jitter * ((2 * random) - 1)));
    }

    /// <param name="faults">1 after the first attempt that ended with a configuration fault.</param>
    /// <returns>Null when every retry is used up.</returns>
    public static TimeSpan? AfterFault(int faults) => faults > FaultDelays.Length ? null : FaultDelays[faults - 1];
}
