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
        timer = messages.Current is null ? null : clock.CreateTimer(_ => messages.Dismiss(), null, Shown, Timeout.InfiniteTimeSpan);
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

    private async Task UndoAsync()
    {
        var undo = messages.Current?.Undo;
        messages.Dismiss();
        if (undo is not null)
        {
            await undo();
        }
    }
}
