namespace MaintenanceApp.Notifications.Pages;

/// <summary>One piece of an attempt's time.</summary>
/// <param name="Name">The end of its text's key: Dns, Connect, Tls, Wait, Rest.</param>
/// <param name="Milliseconds">Of this piece.</param>
/// <param name="Width">Percent of the bar.</param>
public sealed record AttemptTime(string Name, int Milliseconds, double Width)
{
    /// <summary>What is narrower cannot be seen.</summary>
    private const double Narrowest = 2;

    /// <summary>The phases that were reached, in order; what no phase accounts for (a body, or the phase it failed in) is the rest.</summary>
    public static IReadOnlyList<AttemptTime> Of(AttemptRow attempt)
    {
        if (attempt.DurationMs is not { } total)
        {
            return [];
        }

        var (dns, connect, tls, wait) = attempt.Phases;
        var pieces = new List<(string Name, int Milliseconds)>();
        foreach (var (name, time) in new[] { ("Dns", dns), ("Connect", connect), ("Tls", tls), ("Wait", wait) })
        {
            if (time is { } known)
            {
                pieces.Add((name, known));
            }
        }

        var rest = total - pieces.Sum(piece => piece.Milliseconds);
        if (rest > 0 || pieces.Count == 0)
        {
            pieces.Add(("Rest", Math.Max(0, rest)));
        }

        var sum = Math.Max(1, pieces.Sum(piece => piece.Milliseconds));
        return [.. pieces.Select(piece => new AttemptTime(piece.Name, piece.Milliseconds, Math.Max(Narrowest, 100d * piece.Milliseconds / sum)))];
    }
}
