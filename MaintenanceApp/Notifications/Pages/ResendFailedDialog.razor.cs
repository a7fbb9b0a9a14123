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
    private const string InputFormat = "yyyy-MM-dd'T'HH:mm";

    /// <summary>More than this leaves the building only after a second question.</summary>
    private const int AsksAbove = 20;

    private ElementReference element;
    private FailedSelection? selection;
    private Actor? actor;
    private DateTime since;
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

    private string Local => site.ToLocal(since).ToString(InputFormat, CultureInfo.InvariantCulture);

    public async Task OpenAsync(Actor asking)
    {
        (actor, force, asksAgain, isSending, isOpen) = (asking, false, false, false, true);
        since = site.UtcNow.AddDays(-1);
        since = since.AddTicks(-(since.Ticks % TimeSpan.TicksPerMinute));
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
        canSend = (await endpoint.ReadAsync(CancellationToken.None)).CanSendAt(site.UtcNow);
        var found = await failures.PreviewAsync(since, force, CancellationToken.None);
        if (count == counts)
        {
            selection = found;
            StateHasChanged();
        }
    }

    private async Task ChooseSinceAsync(ChangeEventArgs change)
    {
        if (DateTime.TryParse((string?)change.Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1900 and < 9000)
        {
            since = site.ToUtc(local);
            await CountAsync();
        }
    }

    private async Task ChooseForceAsync(ChangeEventArgs change)
    {
        force = change.Value is true;
        await CountAsync();
    }

    private async Task SubmitAsync()
    {
        if (Count == 0 || isSending)
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
