using System.Globalization;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>« Renvoyer les échecs depuis… ».</summary>
public sealed partial class ResendFailedDialog(
    FailedSince failures, ResendFailed resend, CurrentEndpoint endpoint, IOptions<NotifierOptions> options, SiteClock site, ToastMessages toasts, IJSRuntime browser)
{
    /// <summary>More than this leaves the building only after a second question.</summary>
    private const int AsksAbove = 20;

    private ElementReference element;
    private FailedSelection? selection;
    private Actor? actor;
    private string day = "";
    private string time = "";
    private bool isOpen;
    private bool force;
    private bool canSend;
    private bool asksAgain;
    private bool isSending;
    private int counts;

    /// <summary>After something was queued.</summary>
    [Parameter]
    public EventCallback Queued { get; set; }

    private IOptions<NotifierOptions> Options => options;

    private int Count => selection?.Chosen.Count ?? 0;

    /// <summary>UTC; null while the day or the time cannot be read. Without a time the day's beginning.</summary>
    private DateTime? Since => TypedDay.Read(day, site.Today, CultureInfo.CurrentUICulture) is { } from && (time.Length == 0 ? TimeOnly.MinValue : TypedTime.Read(time)) is { } at
        ? site.ToUtc(from.ToDateTime(at))
        : null;

    public async Task OpenAsync(Actor asking)
    {
        (actor, force, asksAgain, isSending, isOpen) = (asking, false, false, false, true);
        var dayAgo = site.ToLocal(site.UtcNow.AddDays(-1));
        (day, time) = (TypedDay.Of(DateOnly.FromDateTime(dayAgo)), TypedTime.Of(TimeOnly.FromDateTime(dayAgo)));
        StateHasChanged();
        await Task.Yield();
        await browser.InvokeVoidAsync("maintenance.openDialog", element);
        await CountAsync();
    }

    private async Task CountAsync()
    {
        var count = ++counts;
        (selection, asksAgain) = (null, false);
        StateHasChanged();
        if (Since is not { } since)
        {
            return;
        }

        canSend = (await endpoint.ReadAsync(CancellationToken.None)).CanSendAt(site.UtcNow);
        var found = await failures.PreviewAsync(since, force, CancellationToken.None);
        if (count == counts)
        {
            selection = found;
            StateHasChanged();
        }
    }

    private async Task ChooseForceAsync(ChangeEventArgs change)
    {
        force = change.Value is true;
        await CountAsync();
    }

    private async Task SubmitAsync()
    {
        if (Count == 0 || isSending || Since is not { } since)
        {
            return;
        }

        if (Count > AsksAbove && !asksAgain)
        {
            asksAgain = true;
            return;
        }

        isSending = true;
        try
        {
            var batch = await resend.ExecuteAsync(actor!, since, force, CancellationToken.None);
            toasts.Show(batch.Queued == 0 ? L["ResendNone"] : L.Count("ResendQueuedOne", "ResendQueuedMany", batch.Queued));
        }
        catch (RuleException)
        {
            toasts.Show(L["NoEndpointTitle"]);
        }

        await CloseAsync();
        await Queued.InvokeAsync();
    }

    private async Task CloseAsync()
    {
        isOpen = false;
        await browser.InvokeVoidAsync("maintenance.closeDialog", element);
    }
}
