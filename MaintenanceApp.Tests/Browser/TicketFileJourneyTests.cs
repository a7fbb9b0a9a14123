using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Files;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Users;
using Microsoft.Playwright;

namespace MaintenanceApp.Tests.Browser;

/// <summary>Films, sounds and documents on the ticket's page.</summary>
[Collection(InBrowser.Name)]
public sealed class TicketFileJourneyTests(BrowserHost host)
{
    /// <summary>A film of a third of a second, made by the browser itself as a phone makes one.</summary>
    private const string Record = """
        () => new Promise((done) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
          const context = canvas.getContext("2d");
          const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
          const parts = [];
          recorder.ondataavailable = (event) => parts.push(event.data);
          recorder.onstop = async () => {
            const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
            done(btoa(String.fromCharCode(...bytes)));
          };
          recorder.start();
          let frames = 0;
          const draw = () => {
            context.fillRect(frames, 0, 4, 48);
            if (++frames > 20) recorder.stop(); else requestAnimationFrame(draw);
          };
          draw();
        })
        """;

    [Fact]
    public async Task A_film_of_a_noise_is_played_on_the_page_and_a_table_stays_a_table()
    {
        var ticket = await host.App.Given.Ticket(title: "Bruit au convoyeur");
        await using var author = await host.OpenAsAsync(Roles.Technician);
        await author.GoAsync($"/tickets/{ticket.TicketId}");
        var input = author.Page.Locator(".file-chooser label:not(.only-phone) input[type=file]");

        await input.SetInputFilesAsync(File("Bruit 2.5 s.webm", "video/webm", Convert.FromBase64String(await author.Page.EvaluateAsync<string>(Record))));
        var film = author.Page.GetByLabel("Vidéo Bruit 2.5 s.webm");
        await Assertions.Expect(film).ToBeVisibleAsync();
        await author.Page.WaitForFunctionAsync("() => document.querySelector('.media video').readyState >= 1 && document.querySelector('.media video').videoWidth === 64");

        await input.SetInputFilesAsync(File("Bruit.mp3", "audio/mpeg", FileSamples.Mp3(80)));
        await Assertions.Expect(author.Page.GetByLabel("Son Bruit.mp3")).ToBeVisibleAsync();

        // Its box says film, but there is none in it: the page says so, and the file can be had.
        await input.SetInputFilesAsync(File("Ailleurs.mov", "video/quicktime", FileSamples.Boxes("qt  ")));
        await Assertions.Expect(author.Page.Locator(".media").Filter(new() { HasText = "Ailleurs.mov" })).ToContainTextAsync("téléchargez le fichier");

        await input.SetInputFilesAsync(File("Pièces.csv", "text/csv", FileSamples.Windows1252("Pièce;Qté\r\nÉlectrovanne;2")));
        var table = author.Page.Locator(".documents").GetByRole(AriaRole.Link, new() { Name = "Pièces.csv" });
        await Assertions.Expect(table).ToBeVisibleAsync();
        var download = await author.Page.RunAndWaitForDownloadAsync(() => table.ClickAsync());
        download.SuggestedFilename.ShouldBe("Pièces.csv");

        await input.SetInputFilesAsync(File("virus.exe", "application/x-msdownload", [(byte)'M', (byte)'Z', 0x90, 0, 3]));
        await Assertions.Expect(author.Page.Locator("[data-uploads] .err")).ToContainTextAsync("Refusé");

        await author.Page.GetByRole(AriaRole.Button, new() { Name = "Retirer Bruit.mp3" }).ClickAsync();
        await Assertions.Expect(author.Page.GetByLabel("Son Bruit.mp3")).ToHaveCountAsync(0);
        await author.Page.Locator(".toast").GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Assertions.Expect(author.Page.GetByLabel("Son Bruit.mp3")).ToBeVisibleAsync();
        await author.ShouldBeAccessibleAsync("a ticket with films and sounds");
        await TakePicturesAsync(author, "fr-CA");
        await using var reader = await host.OpenAsAsync(Roles.Technician, language: "en-CA");
        await reader.GoAsync($"/tickets/{ticket.TicketId}");
        await Assertions.Expect(reader.Page.Locator(".media").Filter(new() { HasText = "Ailleurs.mov" })).ToContainTextAsync("cannot play this format");
        await TakePicturesAsync(reader, "en-CA");
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_in_the_language_of_the_screen()
    {
        var ticket = await host.App.Given.Ticket(title: "Full of photos");
        await using var author = await host.OpenAsAsync(Roles.Technician, language: "en-CA");
        await author.GoAsync($"/tickets/{ticket.TicketId}");
        await using (var db = host.App.Database.CreateDbContext())
        {
            db.AddRange(Enumerable.Range(0, new FileStorageOptions().MaxPerTicket).Select(number => new TicketFile
            {
                TicketId = ticket.Id,
                FileName = $"{number}.txt",
                ContentType = "text/plain; charset=utf-8",
                SizeBytes = 1,
                StorageKey = Guid.NewGuid().ToString("N"),
                UploadedBy = 1,
                UploadedByName = "Anne Roy",
                CreatedAt = host.App.Clock.GetUtcNow().UtcDateTime,
            }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await author.Page.Locator(".file-chooser label:not(.only-phone) input[type=file]").SetInputFilesAsync(File("one more.txt", "text/plain", FileSamples.Ascii("One more")));
        await Assertions.Expect(author.Page.Locator("[data-uploads] .err")).ToHaveTextAsync("This ticket already has as many files as allowed.");
    }

    private static FilePayload File(string name, string type, byte[] bytes) => new() { Name = name, MimeType = type, Buffer = bytes };

    private static async Task TakePicturesAsync(AppPage page, string language)
    {
        if (Environment.GetEnvironmentVariable("FILE_SHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var width in new[] { 375, 1280 })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.Page.SetViewportSizeAsync(width, 900);
                await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"files-{width}-{scheme}-{language}.png"), FullPage = true });
            }
        }
    }
}
