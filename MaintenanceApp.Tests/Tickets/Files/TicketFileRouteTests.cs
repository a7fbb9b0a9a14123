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
        var (status, added) = await PostAsync(author, $"{files}?name={Uri.EscapeDataString("../../C:\\photos\\Four \"3\".png")}", Pictures.Jpeg(1600, 1200));
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
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Files:MaxBytes"] = "1048576", ["Files:MaxPerTicket"] = "2" });
        using var author = await host.CreateClientAs(Roles.Technician);
        using var reader = await host.CreateClientAs(Roles.Viewer);
        using var nobody = host.CreateAnonymousClient();
        var ticket = await host.Given.Ticket();
        var files = $"/api/tickets/{ticket.Id}/files?name=note.txt";
        var text = Encoding.UTF8.GetBytes("Relevé de 14 h");

        (await PostAsync(nobody, files, text)).Status.ShouldBe(401);
        (await PostAsync(reader, files, text)).Status.ShouldBe(403);
        (await PostAsync(author, "/api/tickets/999999/files?name=a", text)).Status.ShouldBe(404);
        (await PostAsync(author, files, text, "text/plain")).Status.ShouldBe(415, "a form of another site could send that");
        (await PostAsync(author, files, text, "multipart/form-data; boundary=x")).Status.ShouldBe(415);
        (await PostAsync(author, files, [])).Status.ShouldBe(400);
        (await PostAsync(author, files, new byte[1048577])).Status.ShouldBe(413);
        var unannounced = await PostAsync(author, files, new byte[1048577], isLengthKnown: false);
        unannounced.Status.ShouldBe(400, "the length was not said");
        ((string)unannounced.Json["error"]!).ShouldContain("1 Mo au plus");
        (await PostAsync(author, "/api/tickets/" + ticket.Id + "/files?name=photo.jpg", Encoding.UTF8.GetBytes("<html><script>alert(1)</script>"))).Status.ShouldBe(400);
        (await PostAsync(author, "/api/tickets/" + ticket.Id + "/files?name=photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0])).Status.ShouldBe(400, "no picture without a size");

        var (status, added) = await PostAsync(author, files, text);
        status.ShouldBe(201, added.ToJsonString());
        using var served = await reader.GetAsync($"/api/tickets/{ticket.Id}/files/{added["file"]!["id"]}");
        served.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await reader.Get($"/api/tickets/{ticket.Id}/files/{added["file"]!["id"]}/thumbnail")).Status.ShouldBe(404);
        (await PostAsync(author, files, text)).Status.ShouldBe(201);
        (await PostAsync(author, files, text)).Status.ShouldBe(409, "two are enough here");

        // A file of another ticket is not found under this one.
        var elsewhere = await host.Given.Ticket();
        (await reader.Get($"/api/tickets/{elsewhere.Id}/files/{added["file"]!["id"]}")).Status.ShouldBe(404);
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

        (await PostAsync(author, $"/api/tickets/{ticket.Id}/files?name=a.txt", "Relevé"u8.ToArray())).Status.ShouldBe(409);
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

    private static async Task<(int Status, JsonObject Json)> PostAsync(HttpClient client, string path, byte[] bytes, string type = "application/octet-stream", bool isLengthKnown = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = isLengthKnown ? new ByteArrayContent(bytes) : new StreamContent(new Unannounced(bytes)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, answer.Length == 0 ? [] : JsonNode.Parse(answer)!.AsObject());
    }

    private static async Task<int> PutAsync(HttpClient client, string path, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var response = await client.PutAsync(path, content);
        return (int)response.StatusCode;
    }

    /// <summary>A stream that does not tell its length.</summary>
    private sealed class Unannounced(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
