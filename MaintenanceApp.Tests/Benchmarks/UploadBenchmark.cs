using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tests.Tickets.Files;
using MaintenanceApp.Users;

namespace MaintenanceApp.Tests.Benchmarks;

/// <summary>Not part of the suite (explicit): what forty people who upload at once cost in memory.</summary>
public sealed class UploadBenchmark(ITestOutputHelper output)
{
    private const int Clients = 40;
    private const int Megabyte = 1024 * 1024;

    [Fact(Explicit = true)]
    public async Task Forty_clients_of_ten_megabytes_take_less_than_200_megabytes()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database, TimeProvider.System);
        var author = await given.User(Roles.Technician);
        var ticket = await given.Ticket();
        await using var app = await AppProcess.ServeAsync(database, new Dictionary<string, string?> { ["Files:Directory"] = TestDatabase.TemporaryPath(".files") });
        using var client = new HttpClient { BaseAddress = app.Url };
        using var login = await client.PostAsJsonAsync("/api/auth/login", new { email = author.Email, password = Given.Password });
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await login.Content.ReadFromJsonAsync<JsonObject>())!["token"]!);
        byte[] photo = [.. Pictures.Jpeg(1600, 1200), .. new byte[(10 * Megabyte) - 100]];
        (await SendAsync(client, ticket.Id, photo)).ShouldBe(201);
        var before = app.PeakWorkingSet;

        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => SendAsync(client, ticket.Id, photo)));

        var grown = app.PeakWorkingSet - before;
        output.WriteLine(FormattableString.Invariant(
            $"{Clients} × 10 MiB in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {answers.Count(status => status == 201)} kept; most memory before {before / Megabyte} MiB, at the end {app.PeakWorkingSet / Megabyte} MiB, grown by {grown / Megabyte} MiB"));
        answers.ShouldAllBe(status => status == 201);
        grown.ShouldBeLessThan(200L * Megabyte);
    }

    private static async Task<int> SendAsync(HttpClient client, int ticket, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var answer = await client.PostAsync($"/api/tickets/{ticket}/files?name=a.jpg", content);
        return (int)answer.StatusCode;
    }
}
