using MaintenanceApp.Users;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>An administrator pauses a job with a reason, everybody sees who and why, and Hangfire's dashboard says it too.</summary>
[Collection(InBrowser.Name)]
public sealed class OpsJourneyTests(BrowserHost host)
{
    [Fact]
    public async Task A_job_is_paused_with_a_reason_and_resumed_from_the_toast()
    {
        await using var window = await host.OpenAsync(1280, 800, "light", "fr-CA");
        await window.SignInAsync(await host.App.Given.User(Roles.Admin, name: "Anne Pause"));
        var page = window.Page;
        await window.GoAsync("/ops");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Faire le ménage de l’historique" });

        await row.GetByRole(AriaRole.Button, new() { Name = "Suspendre" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByLabel("Pourquoi")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(row.GetByText("En pause")).ToHaveCountAsync(0);

        await row.GetByRole(AriaRole.Button, new() { Name = "Suspendre" }).ClickAsync();
        await dialog.GetByLabel("Pourquoi").FillAsync("inventaire <b>annuel</b>");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "4 heures" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Mettre en pause" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("En pause");
        await Assertions.Expect(row).ToContainTextAsync("par Anne Pause");
        await Assertions.Expect(row).ToContainTextAsync("inventaire <b>annuel</b>");

        await window.GoAsync("/ops?tab=acts#runs");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "A mis en pause" }).First).ToContainTextAsync("Anne Pause");

        await page.GetByRole(AriaRole.Link, new() { Name = "Tableau de bord Hangfire" }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("MaintenanceApp"));
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("par Anne Pause");
        await page.GetByRole(AriaRole.Link, new() { Name = "Retour au site" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/ops$"));

        await window.GoAsync("/ops");
        await row.GetByRole(AriaRole.Button, new() { Name = "Reprendre" }).ClickAsync();
        await Assertions.Expect(row.GetByText("En pause")).ToHaveCountAsync(0);
    }
}
