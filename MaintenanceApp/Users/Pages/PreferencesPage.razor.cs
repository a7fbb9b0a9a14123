using System.Globalization;
using MaintenanceApp.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace MaintenanceApp.Users.Pages;

/// <summary>How the signed-in person likes the screens. Every choice is saved at once; the theme belongs to the browser.</summary>
public sealed partial class PreferencesPage(
    PreferenceQueries queries, SavePreferences save, ToastMessages toasts, NavigationManager navigation, IJSRuntime browser)
{
    private static readonly (string Theme, string Icon)[] Themes = [("Light", "sun"), ("Dark", "moon"), ("System", "contrast")];
    private static readonly string[] Densities = [Preferences.Comfortable, Preferences.Compact];
    private Preferences? preferences;
    private int refusals;
    private Actor actor = default!;
    private bool isThemeShown;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        actor = Actor.From((await Authentication).User);
        preferences = await queries.FindAsync(actor.UserId, CancellationToken.None);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (preferences is not null && !isThemeShown)
        {
            isThemeShown = true;
            await browser.InvokeVoidAsync("maintenance.showTheme");
        }
    }

    private static string Capital(CultureInfo language)
    {
        var name = language.NativeName.Split(' ')[0];
        return char.ToUpper(name[0], language) + name[1..];
    }

    private async Task SpeakAsync(string language)
    {
        await save.ExecuteAsync(actor, preferences! with { Language = language }, CancellationToken.None);

        // The words of a page are chosen when it is loaded.
        navigation.NavigateTo($"/language?culture={language}&returnUrl=/preferences", forceLoad: true);
    }

    private async Task SaveAsync(Preferences wanted)
    {
        var before = preferences!;
        try
        {
            await ApplyAsync(wanted);
        }
        catch
        {
            refusals++;
            throw;
        }

        toasts.Show(L["PreferencesSaved"], () => InvokeAsync(async () =>
        {
            await ApplyAsync(before);
            StateHasChanged();
        }));
    }

    private async Task ApplyAsync(Preferences wanted)
    {
        await save.ExecuteAsync(actor, wanted, CancellationToken.None);
        preferences = wanted;
        await browser.InvokeVoidAsync("maintenance.prefer", wanted.Density, wanted.SingleKeys);
    }
}
