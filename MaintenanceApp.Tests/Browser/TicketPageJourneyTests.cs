using System.Text.RegularExpressions;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Users;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>The ticket's own page and the form of a new one, as people meet them.</summary>
[Collection(InBrowser.Name)]
public sealed class TicketPageJourneyTests(BrowserHost host)
{
    /// <summary>A photo of 8 × 8 pixels.</summary>
    private const string Photo = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGNQaCjAihiGlgQAfk5EAQfQCsAAAAAASUVORK5CYII=";

    [Fact]
    public async Task On_a_phone_an_overdue_ticket_is_reassigned_and_replanned_in_six_taps_from_the_home_page()
    {
        var (title, person) = ($"Four qui surchauffe {Guid.NewGuid():N}", $"Zoé Essai {Guid.NewGuid().ToString("N")[..6]}");
        var worker = await host.App.Given.User(Roles.Technician, person);
        var now = host.App.Clock.GetUtcNow().UtcDateTime;
        var ticket = await host.App.Given.Ticket(TicketStatus.Received, User.TeamId, now.AddDays(-400), title, priority: TicketPriority.Critical);
        await using var phone = await host.OpenAsAsync(Roles.Planner, width: 375, height: 740);
        await phone.GoAsync("/");
        var taps = 0;
        async Task Tap(ILocator target)
        {
            await target.ClickAsync();
            taps++;
        }

        await Tap(phone.Page.GetByRole(AriaRole.Link, new() { Name = title }).First);
        await Assertions.Expect(phone.Page.Locator(".strip.late strong")).ToContainTextAsync("En retard de 400");
        await Tap(phone.Page.Locator(".stickybar").GetByRole(AriaRole.Button, new() { Name = "Replanifier" }));
        var dialog = phone.Page.Locator("dialog.plan-dialog");
        if (await dialog.GetByRole(AriaRole.Button, new() { Name = person }).CountAsync() > 0)
        {
            await Tap(dialog.GetByRole(AriaRole.Button, new() { Name = person }));
        }
        else
        {
            // The factory has more people than buttons: the list opens with a tap, the name is another.
            await dialog.GetByLabel("Autre personne").SelectOptionAsync(new SelectOptionValue { Label = person });
            taps += 2;
        }

        await Assertions.Expect(dialog.Locator(".saved")).ToBeAttachedAsync();
        await phone.ShouldNotScrollSidewaysAsync("the dialog at 375 px");
        await phone.ShouldBeAccessibleAsync("the dialog");
        await Tap(dialog.GetByRole(AriaRole.Button, new() { Name = "Demain" }));
        await Assertions.Expect(phone.Page.Locator(".strip.late")).ToHaveCountAsync(0);

        taps.ShouldBeLessThanOrEqualTo(6);
        var saved = await host.FindAsync(db => db.Tickets.AsNoTracking().SingleAsync(row => row.Id == ticket.Id));
        saved.AssignedTo.ShouldBe(worker.Id);
        saved.ScheduledDate!.Value.ShouldBeGreaterThan(now);
        phone.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_change_the_same_text_and_both_texts_are_there_to_choose()
    {
        var ticket = await host.App.Given.Ticket(title: "Convoyeur bruyant", description: "Bruit au démarrage.");
        await using var first = await host.OpenAsAsync(Roles.Supervisor);
        await using var second = await host.OpenAsAsync(Roles.Technician, language: "en-CA");
        await first.GoAsync($"/tickets/{ticket.TicketId}");
        await second.GoAsync($"/tickets/{ticket.TicketId}");

        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Edit the description" }).ClickAsync();
        await second.Page.FillAsync("#edit-description", "Mine: noise when starting.");
        await Assertions.Expect(first.Page.Locator(".typing")).ToContainTextAsync("modifie ce billet");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Modifier la description" }).ClickAsync();
        await first.Page.FillAsync("#edit-description", "Le leur : bruit à froid.");
        await first.Page.Locator("#edit-description").PressAsync("Control+Enter");
        await Assertions.Expect(first.Page.Locator(".desc")).ToHaveTextAsync("Le leur : bruit à froid.");

        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(second.Page.Locator(".versions blockquote")).ToHaveTextAsync("Le leur : bruit à froid.");
        await Assertions.Expect(second.Page.Locator("#edit-description")).ToHaveValueAsync("Mine: noise when starting.");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save mine" }).ClickAsync();
        await Assertions.Expect(first.Page.Locator(".desc")).ToHaveTextAsync("Mine: noise when starting.");
        second.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_photo_is_added_enlarged_and_removed_and_a_mention_is_picked_from_the_list()
    {
        var name = $"Wilfrède Mention {Guid.NewGuid().ToString("N")[..6]}";
        await host.App.Given.User(Roles.Technician, name);
        var ticket = await host.App.Given.Ticket(title: "Vitre fendue");
        await using var window = await host.OpenAsAsync(Roles.Supervisor);
        await window.GoAsync($"/tickets/{ticket.TicketId}");

        await window.Page.Locator(".file-chooser input[multiple]").SetInputFilesAsync(new FilePayload { Name = "fente.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Photo) });
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Agrandir fente" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("dialog.viewer img")).ToBeVisibleAsync();
        await window.ShouldBeAccessibleAsync("the photo as large as the window");
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(window.Page.Locator("dialog.viewer img")).ToHaveCountAsync(0);

        await window.Page.Locator("#comment").PressSequentiallyAsync("Voir @wilfrede");
        await Assertions.Expect(window.Page.Locator("#mention-list [aria-selected=true]")).ToHaveTextAsync(name);
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#comment")).ToHaveValueAsync($"Voir @{name} ");
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(window.Page.Locator("#thread .mention")).ToHaveTextAsync("@" + name);
        await Assertions.Expect(window.Page.Locator("#comment")).ToHaveValueAsync("");
        window.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_typed_survives_a_restart_of_the_server_and_is_sent_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string?> { ["DataProtection:KeysDirectory"] = TestDatabase.TemporaryPath(".keys") };
        var before = new AppHost(database, settings: settings);
        before.UseKestrel(0);
        before.StartServer();
        var port = new Uri(before.Service<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        await before.Given.Machine("Four", "3200");
        await using var window = await host.OpenAsync(root: new Uri($"http://127.0.0.1:{port}"));
        await window.SignInAsync(await before.Given.User(Roles.Operator));
        await window.GoAsync("/tickets/new");
        await window.Page.FillAsync("#title", "Fuite d’huile sous le convoyeur");
        await window.Page.Locator("input[name=machine]").First.CheckAsync();
        await window.Page.FillAsync("#description", "Depuis ce matin.");
        await before.DisposeAsync();

        await using var after = new AppHost(database, settings: settings);
        after.UseKestrel(port);
        after.StartServer();

        // The page notices by itself: nobody reloads it.
        await Assertions.Expect(window.Page.Locator(".restored")).ToContainTextAsync("Votre brouillon est de retour.");
        await Assertions.Expect(window.Page.Locator("#description")).ToHaveValueAsync("Depuis ce matin.");
        await window.Page.Locator("#description").PressAsync("Control+Enter");
        await Assertions.Expect(window.Page).ToHaveURLAsync(new Regex(@"/tickets(\?|$)"));
        await using var db = database.CreateDbContext();
        (await db.Tickets.AsNoTracking().SingleAsync()).Title.ShouldBe("Fuite d’huile sous le convoyeur");
    }
}
