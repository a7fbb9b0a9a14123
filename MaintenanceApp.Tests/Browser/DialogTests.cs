using MaintenanceApp.Data;
using MaintenanceApp.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>The dialogs that no journey opens: each is looked at by axe and closes with Escape.</summary>
[Collection(OnEveryPage.Name)]
public sealed class DialogTests(BrowserHost host)
{
    [Fact]
    public async Task Every_other_dialog_is_accessible_and_closes_with_escape()
    {
        // Not planned: the application, which runs here with its jobs, would write a notification of its own beside this one.
        var dead = await host.App.Given.Notification(await host.App.Given.Ticket(), NotificationStatus.Dead);
        var thrown = await host.App.Given.Ticket(title: "Jetée par erreur");
        await using (var db = await host.App.Service<IDbContextFactory<AppDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            var now = host.App.Clock.GetUtcNow().UtcDateTime;
            await db.Tickets.Where(row => row.Id == thrown.Id).ExecuteUpdateAsync(row => row.SetProperty(x => x.DeletedAt, now), TestContext.Current.CancellationToken);
        }

        (string Path, string Button)[] dialogs =
        [
            ("/machines", "Ajouter une machine"),
            ("/board", "Limite de la colonne"),
            ("/tickets?view=all_open&priority=critical", "Garder cette vue"),
            ("/trash", "Vider la corbeille"),
            ("/notifications?view=failed", "Renvoyer les échecs"),
            ($"/notifications/{dead.Id}", "Renvoyer"),
        ];
        await using var window = await host.OpenAsAsync();
        foreach (var (path, button) in dialogs)
        {
            await window.GoAsync(path);
            await window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{button}") }).First.ClickAsync();
            var dialog = window.Page.Locator("dialog[open]");
            await dialog.WaitForAsync();
            await window.ShouldBeAccessibleAsync($"{button} ({path})");
            await window.ShouldHaveContrastAsync("dark", $"{button} ({path}), dark");
            await window.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(dialog).ToHaveCountAsync(0);
        }

        window.Errors.ShouldBeEmpty();
    }
}
