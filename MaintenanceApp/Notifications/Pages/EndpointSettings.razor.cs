using System.Data.Common;
using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Notifications.Pages;

/// <summary>The address and its test.</summary>
public sealed partial class EndpointSettings(SetWebhookUrl setUrl, SendTest sendTest, ToastMessages toasts)
{
    private string address = "";
    private string? fault;
    private string? testProblem;
    private bool isBusy;

    [Parameter, EditorRequired]
    public required EndpointSetting Setting { get; set; }

    /// <summary>The last one; null when there was none.</summary>
    [Parameter, EditorRequired]
    public required NotificationDetail? Test { get; set; }

    /// <summary>Posts wait for a secret.</summary>
    [Parameter]
    public bool IsSecretUnreadable { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private bool CanChange => Setting.Source is SettingSource.None or SettingSource.Page;

    private bool IsUnderWay => Test?.Row.Status is NotificationStatus.Pending or NotificationStatus.Sending;

    private string Help => Setting.Source switch
    {
        SettingSource.Configuration => L["Locked"],
        SettingSource.Demo => L["LockedDemo"],
        SettingSource.None or SettingSource.Page => L["AddressHelp"],
    };

    private static string Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : url;

    private async Task SaveAsync()
    {
        fault = Blank.ToNull(address) is not { } typed ? L["UrlMissing"].Value
            : WebhookUrlRule.FaultOf(typed, Setting.AllowsPrivateNetworks) is { } found ? L[$"UrlFault{found}"].Value
            : null;
        if (fault is null && (fault = await TryAsync(() => setUrl.ExecuteAsync(Actor, address, CancellationToken.None))) is null)
        {
            address = "";
            toasts.Show(L["UrlSaved"]);
            await OnChanged.InvokeAsync();
        }
    }

    private async Task SendAsync()
    {
        testProblem = await TryAsync(() => sendTest.ExecuteAsync(Actor, CancellationToken.None));
        await OnChanged.InvokeAsync();
    }

    /// <returns>What went wrong, in words; null when nothing did.</returns>
    private async Task<string?> TryAsync(Func<Task> action)
    {
        isBusy = true;
        try
        {
            await action();
            return null;
        }
        catch (Exception exception) when (exception is RuleException or InvalidInputException)
        {
            return L["Refused"];
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            return L["SaveFailed"];
        }
        finally
        {
            isBusy = false;
        }
    }
}
