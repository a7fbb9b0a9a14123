using MaintenanceApp.Overdue;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Browser;

/// <summary>The main job as a person sees it.</summary>
[Collection(InBrowser.Name)]
public sealed class NotificationJourneyTests(BrowserHost host)
{
    [Fact]
    public async Task A_scan_shows_its_notification_on_the_open_page_and_in_the_local_inbox()
    {
        await using var window = await host.OpenAsAsync(Roles.Supervisor);
        await window.GoAsync("/notifications");
        var ticket = await host.App.Given.OverdueTicket(title: $"Convoyeur arrêté {Guid.NewGuid():N}");

        await host.App.Service<ScanRuns>().RequestAsync(ScanTrigger.Manual, null, CancellationToken.None);

        await window.Page.Locator("tbody", new() { HasText = ticket.Title }).WaitForAsync();
        await using var inbox = await host.OpenAsync();
        await inbox.GoAsync("/dev/inbox", isInteractive: false);
        await inbox.Page.Locator("h2", new() { HasText = ticket.TicketId }).WaitForAsync();
    }

    [Fact]
    public async Task A_notification_opens_with_its_request_and_its_attempts()
    {
        var ticket = await host.App.Given.OverdueTicket(title: $"Pompe en défaut {Guid.NewGuid():N}");
        await host.App.Service<ScanRuns>().RequestAsync(ScanTrigger.Manual, null, CancellationToken.None);
        await using var window = await host.OpenAsAsync();
        await window.GoAsync("/notifications");

        await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = ticket.Title }).ClickAsync();

        await window.Page.GetByText(ticket.TicketId).First.WaitForAsync();
        await window.Page.GetByText("webhook-id").First.WaitForAsync();
        window.Errors.ShouldBeEmpty();
    }
}
