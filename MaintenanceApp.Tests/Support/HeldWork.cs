namespace MaintenanceApp.Tests.Support;

/// <summary>Work on a database that stands still until a test lets it go on.</summary>
public sealed class HeldWork
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the work has come to where it waits.</summary>
    public Task Reached => reached.Task;

    public void Release() => released.SetResult();

    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        reached.SetResult();
        return released.Task.WaitAsync(cancellationToken);
    }
}
