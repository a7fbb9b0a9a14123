using MaintenanceApp.Components;
using MaintenanceApp.Data;
using MaintenanceApp.Hosting;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace MaintenanceApp.Operations.Pages;

/// <summary>The name of the plant: for administrators.</summary>
public sealed partial class SiteSettingsPage(SetSiteName setName, SiteName site, IOptions<SiteOptions> options, ToastMessages toasts)
{
    private string typed = "";
    private string? refusal;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private IOptions<SiteOptions> Options => options;

    /// <summary>The saved name as the field shows it: blank where it is the configuration's.</summary>
    private string Saved => site.Current == options.Value.Name ? "" : site.Current;

    private bool IsChanged => typed.Trim() != Saved;

    private string Shown => typed.Trim() is { Length: > 0 } name ? name : options.Value.Name;

    protected override void OnInitialized() => typed = Saved;

    private async Task SaveAsync()
    {
        var (actor, before) = (Actor.From((await Authentication).User), Saved);
        refusal = null;
        try
        {
            await setName.ExecuteAsync(actor, typed, CancellationToken.None);
            toasts.Show(L["SiteSaved", site.Current], () => InvokeAsync(async () =>
            {
                await setName.ExecuteAsync(actor, before, CancellationToken.None);
                typed = Saved;
                StateHasChanged();
            }));
        }
        catch (InvalidInputException exception)
        {
            refusal = exception.Message;
        }
    }
}
