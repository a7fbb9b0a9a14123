namespace MaintenanceApp.Notifications;

/// <summary>How far an attempt has come.</summary>
public enum AttemptPhase
{
    Dns,
    Connect,
    Tls,

    /// <summary>Connected; waits for its turn at the pace gate.</summary>
    Ready,

    /// <summary>The request has left; no head of an answer yet.</summary>
    Waiting,

    /// <summary>The head of the answer is there.</summary>
    Answered,
}

/// <summary>Follows one attempt through its phases and says how long each took.</summary>
public sealed class AttemptTrace(TimeProvider clock)
{
    private readonly Dictionary<AttemptPhase, TimeSpan> took = [];
    private readonly long started = clock.GetTimestamp();
    private long entered = clock.GetTimestamp();

    public AttemptPhase Phase { get; private set; } = AttemptPhase.Dns;

    /// <summary>The address and port connected to.</summary>
    public string? RemoteAddress { get; set; }

    public TimeSpan Elapsed => clock.GetElapsedTime(started);

    public AttemptPhases Phases => new(Of(AttemptPhase.Dns), Of(AttemptPhase.Connect), Of(AttemptPhase.Tls), Of(AttemptPhase.Waiting));

    public void Enter(AttemptPhase phase)
    {
        took[Phase] = clock.GetElapsedTime(entered);
        entered = clock.GetTimestamp();
        Phase = phase;
    }

    private int? Of(AttemptPhase phase) => took.TryGetValue(phase, out var time) ? (int)Math.Round(time.TotalMilliseconds) : null;
}
