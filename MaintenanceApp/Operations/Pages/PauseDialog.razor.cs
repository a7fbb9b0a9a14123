using MaintenanceApp.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaintenanceApp.Operations.Pages;

/// <summary>Asks why and for how long something is to be paused.</summary>
public sealed partial class PauseDialog
{
    private ElementReference element;
    private TaskCompletionSource<PauseWish?>? answer;
    private DateTime openedAt;
    private string name = "";
    private string effect = "";
    private string? reason;
    private DateTime? until;

    /// <summary>Most pauses are for an hour's work; one that nobody ends would silence the plant's alarm.</summary>
    private IEnumerable<(string Key, DateTime? At, string Words)> Choices
    {
        get
        {
            var morning = Site.ToUtc(DateOnly.FromDateTime(Site.ToLocal(openedAt)).AddDays(1).ToDateTime(new TimeOnly(6, 0)));
            yield return ("hour", openedAt.AddHours(1), L["PauseHour"]);
            yield return ("hours", openedAt.AddHours(4), L["PauseHours"]);
            yield return ("morning", morning, L["PauseMorning", Instants.Time(morning)]);
            yield return ("open", null, L["PauseOpen"]);
        }
    }

    /// <param name="name">The job in words.</param>
    /// <param name="effect">What stops and what does not.</param>
    /// <returns>Null: called off.</returns>
    public async Task<PauseWish?> AskAsync(string name, string effect)
    {
        (this.name, this.effect, reason, openedAt) = (name, effect, null, Site.UtcNow);
        until = openedAt.AddHours(1);
        answer = new TaskCompletionSource<PauseWish?>();
        StateHasChanged();
        await Task.Yield();
        await Browser.InvokeVoidAsync("maintenance.openDialog", element);
        return await answer.Task;
    }

    private Task SubmitAsync() => CloseAsync(new(Blank.ToNull(reason)?.Trim(), until));

    private async Task CloseAsync(PauseWish? wish)
    {
        Answer(wish);
        await Browser.InvokeVoidAsync("maintenance.closeDialog", element);
    }

    private void Answer(PauseWish? wish) => answer?.TrySetResult(wish);
}
