using System.Net;
using System.Net.Http.Headers;
using MaintenanceApp.Data;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets.Files;
using MaintenanceApp.Users;
using Microsoft.EntityFrameworkCore;

namespace MaintenanceApp.Tests.Tickets.Files;

/// <summary>How many files, and how many at once.</summary>
public sealed class TicketFileLimitTests
{
    private static readonly Dictionary<string, string?> FewPerTicket = new() { ["Files:MaxPerTicket"] = "5" };

    [Theory, BothDatabases]
    public async Task Eighty_uploads_at_once_leave_as_many_files_as_a_ticket_may_have(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, settings: FewPerTicket);
        using var author = await host.CreateClientAs(Roles.Technician);
        var ticket = await host.Given.Ticket();

        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(number =>
            TicketFilePosts.PostAsync(author, $"/api/tickets/{ticket.Id}/files?name={number}.txt", "Relevé"u8.ToArray())));

        answers.Count(answer => answer.Status == 201).ShouldBe(5);
        answers.Count(answer => answer.Status == 409 && (string)answer.Json["code"]! == "ticket.too_many_files").ShouldBe(75);
        await using var db = database.CreateDbContext();
        var kept = await db.TicketFiles.Select(file => file.StorageKey).ToListAsync();
        host.Service<IFileStore>().KeysWrittenBefore(DateTime.MaxValue).Order().ShouldBe(kept.Order(), "nothing is left of those refused");
    }

    [Theory, BothDatabases]
    public async Task A_file_is_not_put_back_over_the_limit(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, settings: FewPerTicket);
        using var author = await host.CreateClientAs(Roles.Technician);
        var ticket = await host.Given.Ticket();
        var files = $"/api/tickets/{ticket.Id}/files";
        var first = await AddAsync();
        for (var more = 0; more < 4; more++)
        {
            await AddAsync();
        }

        (await author.Delete($"{files}/{first}")).Status.ShouldBe(200);
        var last = await AddAsync();
        var refused = await author.Post($"{files}/{first}/restore", null);
        refused.Status.ShouldBe(409);
        ((string)refused.Json["error"]!).ShouldBe("Un billet a au plus 5 fichiers.");
        (await author.Get(files)).Json["files"]!.AsArray().Count.ShouldBe(5);

        (await author.Post($"{files}/{last}/restore", null)).Status.ShouldBe(200, "it is there already");
        (await author.Delete($"{files}/{last}")).Status.ShouldBe(200);
        (await author.Post($"{files}/{first}/restore", null)).Status.ShouldBe(200);

        async Task<int> AddAsync()
        {
            var (status, added) = await TicketFilePosts.PostAsync(author, $"{files}?name=a.txt", "Relevé"u8.ToArray());
            status.ShouldBe(201, added.ToJsonString());
            return (int)added["file"]!["id"]!;
        }
    }

    [Fact]
    public async Task Uploads_beyond_the_queue_are_asked_to_come_again_and_those_in_it_are_taken()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, settings: new Dictionary<string, string?> { ["Files:MaxUploads"] = "1" });
        using var author = await host.CreateClientAs(Roles.Technician);
        var ticket = await host.Given.Ticket();
        var path = $"/api/tickets/{ticket.Id}/files?name=a.txt";
        using var held = new HeldContent();
        var running = author.PostAsync(path, held);
        await held.IsRead.WaitAsync(TimeSpan.FromSeconds(30));

        var others = Enumerable.Range(0, 5).Select(_ => TicketFilePosts.PostAsync(author, path, "Relevé"u8.ToArray())).ToList();
        var refused = await (await Task.WhenAny(others));
        refused.Status.ShouldBe(429);
        using var again = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent([1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } } };
        using (var answer = await author.SendAsync(again))
        {
            ((int)answer.StatusCode).ShouldBe(429);
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        }

        held.Release();
        (await running).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Task.WhenAll(others)).Count(answer => answer.Status == 201).ShouldBe(4);
    }

    /// <summary>A text of which the second half comes only when it is told to.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly TaskCompletionSource isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource isReleased = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldContent() => Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        public Task IsRead => isRead.Task;

        public void Release() => isReleased.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("Relevé "u8.ToArray());
            await stream.FlushAsync();
            isRead.SetResult();
            await isReleased.Task;
            await stream.WriteAsync("de 14 h"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
