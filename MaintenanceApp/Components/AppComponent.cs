using Microsoft.AspNetCore.Components;

namespace MaintenanceApp.Components;

/// <summary>
/// What every component of ours is (see _Imports.razor). When the database cannot answer in the middle of a click, that is
/// said and the page stays as it is, with all that was typed; Blazor alone would throw the page away. Anything else
/// that nobody foresaw still ends at the error boundary.
/// </summary>
public abstract class AppComponent : ComponentBase, IHandleEvent, IHandleAfterRender
{
    // An event may raise one of a parent's. Only the outermost is stopped, so that nothing in between, such as a dialog that
    // closes after saving, goes on as if all were well.
    private static readonly AsyncLocal<bool> IsInside = new();

    private bool hasRendered;

    [Inject]
    private EventFailures Failures { get; set; } = default!;

    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg) =>
        IsInside.Value ? HandleAsync(item, arg) : GuardAsync(() => HandleAsync(item, arg), Failures.Say);

    Task IHandleAfterRender.OnAfterRenderAsync()
    {
        var isFirst = !hasRendered;
        hasRendered = true;
        OnAfterRender(isFirst);
        return GuardAsync(() => OnAfterRenderAsync(isFirst), Failures.Note);
    }

    private static async Task GuardAsync(Func<Task> act, Func<Exception, bool> isStopped)
    {
        IsInside.Value = true;
        try
        {
            await act();
        }
        catch (Exception exception) when (isStopped(exception))
        {
        }
    }

    // As ComponentBase does it: draw at once, and again when the work is done.
    private async Task HandleAsync(EventCallbackWorkItem item, object? arg)
    {
        var work = item.InvokeAsync(arg);
        var isDone = work.IsCompletedSuccessfully || work.IsCanceled;
        StateHasChanged();
        if (isDone)
        {
            return;
        }

        try
        {
            await work;
        }
        catch when (work.IsCanceled)
        {
            return;
        }
        finally
        {
            StateHasChanged();
        }
    }
}
