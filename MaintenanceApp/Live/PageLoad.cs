using MaintenanceApp.Data;

namespace MaintenanceApp.Live;

/// <summary>
/// The questions one page asks the database: the latest one counts, a failure leaves what was shown and gives a reference
/// to the log, the end of the page ends them. For the page's dispatcher only; dispose it with the page.
/// </summary>
/// <param name="logger">The page's.</param>
public sealed partial class PageLoad(ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource gone = new();

    // A question of the person's own has no answer yet: a refresh that overtakes it answers, or fails, in its place.
    private bool isAwaited;
    private (string What, Func<CancellationToken, Task<Action>> Read, Func<Exception, bool>? IsAlsoExpected)? question;

    /// <summary>Cancelled when the page is gone; may be used after that too.</summary>
    public CancellationToken Gone => gone.Token;

    /// <summary>The number of the latest question: another one means that an answer comes too late.</summary>
    public int Current { get; private set; }

    /// <summary>The latest question has no answer yet.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>What an administrator finds in the log; null while all is well.</summary>
    public string? ErrorReference { get; private set; }

    /// <summary>An error is shown until the next answer; otherwise until the next question.</summary>
    public bool KeepsError { get; init; }

    // The source is not disposed, so that its token stays usable: without a timer it holds nothing.
    public void Dispose() => gone.Cancel();

    /// <param name="what">For the log: « … failed, reference … ».</param>
    /// <param name="read">Asks the database and returns what puts the answer on the page; that is called unless a later question overtook this one.</param>
    /// <param name="isAlsoExpected">Failures beside those of the database. All others are thrown.</param>
    public Task RunAsync(string what, Func<CancellationToken, Task<Action>> read, Func<Exception, bool>? isAlsoExpected = null)
    {
        question = (what, read, isAlsoExpected);
        isAwaited = true;
        ErrorReference = KeepsError ? ErrorReference : null;
        return AskAsync(what, read, isAlsoExpected);
    }

    /// <summary>Asks the last question again, because something changed: if that fails, what is shown stays as it is.</summary>
    public Task RefreshAsync() => question is var (what, read, isAlsoExpected) ? AskAsync(what, read, isAlsoExpected) : Task.CompletedTask;

    private async Task AskAsync(string what, Func<CancellationToken, Task<Action>> read, Func<Exception, bool>? isAlsoExpected)
    {
        var asked = ++Current;
        IsRunning = true;
        try
        {
            var show = await read(Gone);
            if (asked == Current)
            {
                show();
                (isAwaited, ErrorReference) = (false, null);
            }
        }
        catch (Exception exception) when (DatabaseFailure.IsFrom(exception) || isAlsoExpected?.Invoke(exception) == true)
        {
            // What became of an overtaken question concerns nobody.
            if (asked == Current)
            {
                var reference = Guid.NewGuid().ToString("N")[..8];
                ErrorReference = isAwaited ? reference : ErrorReference;
                LogFailed(logger, what, reference, exception);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        finally
        {
            IsRunning = IsRunning && asked != Current;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed, reference {Reference}")]
    private static partial void LogFailed(ILogger logger, string what, string reference, Exception exception);
}
