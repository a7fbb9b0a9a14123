using MaintenanceApp.Data;

namespace MaintenanceApp.Components;

public sealed partial class ToastHost(ToastMessages messages, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(10);
    private ITimer? timer;
    private bool isHeld;

    public void Dispose()
    {
        messages.Changed -= Show;
        timer?.Dispose();
    }

    protected override void OnInitialized() => messages.Changed += Show;

    private void Show()
    {
        isHeld = false;
        Restart();
        _ = InvokeAsync(StateHasChanged);
    }

    private void Restart()
    {
        timer?.Dispose();
        timer = messages.Current is not { } message ? null : clock.CreateTimer(_ => InvokeAsync(() => messages.Dismiss(message)), null, Shown, Timeout.InfiniteTimeSpan);
    }

    private void Hold()
    {
        isHeld = true;
        timer?.Dispose();
    }

    private void Release()
    {
        isHeld = false;
        Restart();
    }

    private async Task UndoAsync(ToastMessage message)
    {
        messages.Dismiss(message);
        var outcome = await OutcomeOfAsync(message.Undo!);
        if (messages.Current is null)
        {
            messages.Show(outcome);
        }
    }

    /// <summary>An undo may come too late: it says why instead of ending the page.</summary>
    private async Task<string> OutcomeOfAsync(Func<Task> undo)
    {
        try
        {
            await undo();
            return L["UndoDone"];
        }
        catch (StaleRecordException)
        {
            return L["UndoStale"];
        }
        catch (ForbiddenException)
        {
            return L["UndoForbidden"];
        }
        catch (Exception refusal) when (refusal is RuleException or InvalidInputException)
        {
            return L["UndoRefused", refusal.Message];
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            return L["UndoFailed"];
        }
    }
}
