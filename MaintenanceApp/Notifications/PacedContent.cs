using System.Net;

namespace MaintenanceApp.Notifications;

/// <summary>
/// A body that waits for its turn at the moment it would leave: connecting takes longer for some posts than for
/// others, and the receiver must still see them at the pace. Headers leave together with the body. The last look at the
/// ticket is here too, so that not a byte leaves for one that has changed since it was claimed.
/// </summary>
internal sealed class PacedContent(byte[] body, PaceGate wire, TimeSpan interval, AttemptTrace trace, Func<CancellationToken, Task<SendRefusal?>>? lastLook) : HttpContent
{
    private const int Held = 0;
    private const int Gone = 1;
    private const int Abandoned = 2;

    private int state;

    /// <summary>True once bytes may be on the wire.</summary>
    public bool Left => Volatile.Read(ref state) == Gone;

    /// <summary>Set when the last look said no.</summary>
    public SendRefusal? Refusal { get; private set; }

    /// <summary>Makes sure that no byte leaves. False when it is too late for that.</summary>
    public bool TryAbandon(SendRefusal why)
    {
        if (Interlocked.CompareExchange(ref state, Abandoned, Held) != Held)
        {
            return false;
        }

        Refusal = why;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        trace.Enter(AttemptPhase.Ready);
        return wire.PassAsync(interval, cancellationToken, async () =>
        {
            if (lastLook is not null && await lastLook(cancellationToken) is { } refusal)
            {
                TryAbandon(refusal);
            }

            if (Interlocked.CompareExchange(ref state, Gone, Held) != Held)
            {
                throw new OperationCanceledException("The post was given up before it left.");
            }

            await stream.WriteAsync(body, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            trace.Enter(AttemptPhase.Waiting);
        });
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
