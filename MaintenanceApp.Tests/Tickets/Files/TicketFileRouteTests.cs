using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Tickets.Files;

public sealed class TicketFileRouteTests
{
    [Theory, BothDatabases]
    public async Task A_photo_is_added_shown_removed_and_put_back(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database);
        using var author = await host.CreateClientAs(Roles.Operator);
        using var other = await host.CreateClientAs(Roles.SafetyOfficer);
        using var reader = await host.CreateClientAs(Roles.Viewer);
        var ticket = await host.Given.Ticket();
        var files = $"/api/tickets/{ticket.TicketId}/files";

        // The name says PNG, the bytes say JPEG: the bytes count. Nothing of the name becomes a path.
        var (status, added) = await TicketFilePosts.PostAsync(author, $"{files}?name={Uri.EscapeDataString("../../C:\\photos\\Four \"3\".png")}", Pictures.Jpeg(1600, 1200));
        status.ShouldBe(201, added.ToJsonString());
        var file = added["file"]!;
        ((string)file["content_type"]!, (string)file["file_name"]!, (int)file["width"]!).ShouldBe(("image/jpeg", "Four 3.jpg", 1600));

        var path = $"{files}/{file["id"]}";
        using var shown = await reader.GetAsync(path);
        (await shown.Content.ReadAsByteArrayAsync()).ShouldBe(Pictures.Jpeg(1600, 1200));
        shown.Content.Headers.ContentType!.ToString().ShouldBe("image/jpeg");
        shown.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        shown.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        shown.Headers.CacheControl!.Private.ShouldBeTrue();
        using var range = await reader.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(0, 1) } });
        ((int)range.StatusCode).ShouldBe(206);
        (await range.Content.ReadAsByteArrayAsync()).ShouldBe([0xFF, 0xD8]);

        (await PutAsync(other, $"{path}/thumbnail", Pictures.Jpeg(320, 240))).ShouldBe(404, "somebody else's photo");
        (await PutAsync(author, $"{path}/thumbnail", Pictures.Jpeg(3200, 2400))).ShouldBe(400);
        (await PutAsync(author, $"{path}/thumbnail", Encoding.UTF8.GetBytes("<svg/>"))).ShouldBe(400);
        (await reader.GetByteArrayAsync($"{path}/thumbnail")).ShouldBe(Pictures.Jpeg(1600, 1200), "the photo itself until there is a small one");
        (await PutAsync(author, $"{path}/thumbnail", Pictures.Jpeg(320, 240))).ShouldBe(200);
        (await reader.GetByteArrayAsync($"{path}/thumbnail")).ShouldBe(Pictures.Jpeg(320, 240));

        (await other.Delete(path)).Status.ShouldBe(403);
        (await author.Delete(path)).Status.ShouldBe(200);
        (await reader.Get(path)).Status.ShouldBe(404);
        (await reader.Get(files)).Json["files"]!.AsArray().ShouldBeEmpty();
        (await author.Post($"{path}/restore", null)).Status.ShouldBe(200);
        (await reader.Get(files)).Json["files"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_may_not_be_added_is_refused_in_words()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Files:MaxBytes"] = "1048576", ["Files:MaxMediaBytes"] = "1048576", ["Files:MaxPerTicket"] = "2" });
        using var author = await host.CreateClientAs(Roles.Technician);
        using var reader = await host.CreateClientAs(Roles.Viewer);
        using var nobody = host.CreateAnonymousClient();
        var ticket = await host.Given.Ticket();
        var files = $"/api/tickets/{ticket.Id}/files?name=note.txt";
        var text = Encoding.UTF8.GetBytes("Relevé de 14 h");

        (await TicketFilePosts.PostAsync(nobody, files, text)).Status.ShouldBe(401);
        (await TicketFilePosts.PostAsync(reader, files, text)).Status.ShouldBe(403);
        (await TicketFilePosts.PostAsync(author, "/api/tickets/999999/files?name=a", text)).Status.ShouldBe(404);
        (await TicketFilePosts.PostAsync(author, files, text, "text/plain")).Status.ShouldBe(415, "a form of another site could send that");
        (await TicketFilePosts.PostAsync(author, files, text, "multipart/form-data; boundary=x")).Status.ShouldBe(415);
        (await TicketFilePosts.PostAsync(author, files, [])).Status.ShouldBe(400);
        (await TicketFilePosts.PostAsync(author, files, new byte[1048577])).Status.ShouldBe(413);
        var unannounced = await TicketFilePosts.PostAsync(author, files, new byte[1048577], isLengthKnown: false);
        unannounced.Status.ShouldBe(400, "the length was not said");
        ((string)unannounced.Json["error"]!).ShouldContain("1 Mo au plus");
        (await TicketFilePosts.PostAsync(author, "/api/tickets/" + ticket.Id + "/files?name=photo.jpg", Encoding.UTF8.GetBytes("<html><script>alert(1)</script>"))).Status.ShouldBe(400);
        (await TicketFilePosts.PostAsync(author, "/api/tickets/" + ticket.Id + "/files?name=photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0])).Status.ShouldBe(400, "no picture without a size");

        var (status, added) = await TicketFilePosts.PostAsync(author, files, text);
        status.ShouldBe(201, added.ToJsonString());
        using var served = await reader.GetAsync($"/api/tickets/{ticket.Id}/files/{added["file"]!["id"]}");
        served.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await reader.Get($"/api/tickets/{ticket.Id}/files/{added["file"]!["id"]}/thumbnail")).Status.ShouldBe(404);
        (await TicketFilePosts.PostAsync(author, files, text)).Status.ShouldBe(201);
        (await TicketFilePosts.PostAsync(author, files, text)).Status.ShouldBe(409, "two are enough here");

        // A file of another ticket is not found under this one.
        var elsewhere = await host.Given.Ticket();
        (await reader.Get($"/api/tickets/{elsewhere.Id}/files/{added["file"]!["id"]}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_noise_is_played_in_pieces_and_a_table_of_excel_is_downloaded_as_it_was()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Files:MaxBytes"] = "1048576", ["Files:MaxMediaBytes"] = "2097152" });
        using var author = await host.CreateClientAs(Roles.Technician);
        var files = $"/api/tickets/{(await host.Given.Ticket()).Id}/files";

        byte[] film = [.. FileSamples.Boxes("isom", "mdat"), .. new byte[1_500_000]];
        using (var played = await AddAsync("Bruit du four.mp4", film))
        {
            played.Content.Headers.ContentType!.ToString().ShouldBe("video/mp4");
            played.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
            played.Headers.AcceptRanges.Single().ShouldBe("bytes", "Safari plays nothing else");
        }

        var table = FileSamples.Windows1252("Pièce;Qté\r\nÉlectrovanne;2\r\n");
        using (var downloaded = await AddAsync("Pièces.csv", table))
        {
            downloaded.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=windows-1252");
            downloaded.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment");
            downloaded.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("Pièces.csv");
            (await downloaded.Content.ReadAsByteArrayAsync()).ShouldBe(table);
        }

        using (var document = await AddAsync("Procédure.docx", FileSamples.Docx()))
        {
            document.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        }

        (await TicketFilePosts.PostAsync(author, $"{files}?name=a.mp4", [.. film, .. new byte[700_000]])).Status.ShouldBe(413);
        var text = await TicketFilePosts.PostAsync(author, $"{files}?name=a.txt", [.. Enumerable.Repeat((byte)'a', 1_500_000)]);
        ((string)text.Json["error"]!).ShouldContain("1 Mo au plus", Case.Sensitive, "only films and sounds may be that long");
        host.Service<IFileStore>().KeysWrittenBefore(DateTime.MaxValue).Count().ShouldBe(3, "what is refused is not kept");

        async Task<HttpResponseMessage> AddAsync(string name, byte[] bytes)
        {
            var (status, added) = await TicketFilePosts.PostAsync(author, $"{files}?name={Uri.EscapeDataString(name)}", bytes);
            status.ShouldBe(201, added.ToJsonString());
            ((string)added["file"]!["file_name"]!).ShouldBe(name);
            return await author.GetAsync($"{files}/{added["file"]!["id"]}");
        }
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_the_disk_is_not_blamed()
    {
        var folder = TestDatabase.TemporaryPath(".files");
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Files:Directory"] = folder });
        var author = await host.Given.User(Roles.Technician);
        var ticket = await host.Given.Ticket();

        await Should.ThrowAsync<IOException>(host.Service<AddTicketFile>().ExecuteAsync(
            new Actor(author.Id, author.FullName, author.Role), ticket.Id, "a.txt", new BrokenOff(), CancellationToken.None));

        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        host.Logs.ShouldNotContain(line => line.Contains("check Files:Directory"));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_said_in_words_and_logged()
    {
        var blocked = TestDatabase.TemporaryPath(".files");
        await File.WriteAllTextAsync(blocked, "a file where the folder should be");
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Files:Directory"] = blocked });
        using var author = await host.CreateClientAs(Roles.Technician);
        var ticket = await host.Given.Ticket();

        (await TicketFilePosts.PostAsync(author, $"/api/tickets/{ticket.Id}/files?name=a.txt", "Relevé"u8.ToArray())).Status.ShouldBe(409);
        host.Logs.ShouldContain(line => line.Contains("check Files:Directory"));
        (await author.Get($"/api/tickets/{ticket.Id}/files")).Json["files"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("abc")]
    [InlineData("ABCDEFGHIJ")]
    public void A_key_that_could_be_a_path_is_never_opened(string key)
    {
        var store = new LocalFileStore(
            Microsoft.Extensions.Options.Options.Create(new FileStorageOptions { Directory = TestDatabase.TemporaryPath(".files") }),
            new DatabaseConnection(DatabaseProvider.PostgreSql, ""),
            new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { ContentRootPath = "/" });
        Should.Throw<ArgumentException>(() => store.Open(key));
    }

    private static async Task<int> PutAsync(HttpClient client, string path, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var response = await client.PutAsync(path, content);
        return (int)response.StatusCode;
    }

    /// <summary>A connection that ends after the first bytes.</summary>
    private sealed class BrokenOff : MemoryStream
    {
        private bool hasBegun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (hasBegun)
            {
                throw new IOException("The client reset the request stream.");
            }

            hasBegun = true;
            "Relevé"u8.CopyTo(buffer.Span);
            return ValueTask.FromResult(7);
        }
    }
}
