namespace MaintenanceApp.Data;

/// <summary>Between two small transactions of a long work: a pause as long as the one before, so that a scan waits for one at most.</summary>
public static class BatchPause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    /// <param name="clock">Whose timestamp <paramref name="started"/> is.</param>
    /// <param name="started">When the transaction began.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    public static Task AfterAsync(TimeProvider clock, long started, CancellationToken cancellationToken)
    {
        var took = clock.GetElapsedTime(started);
        return Task.Delay(took > Shortest ? took : Shortest, clock, cancellationToken);
    }
}
