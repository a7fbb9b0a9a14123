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
        // One is taken, four wait behind it, and none of them ends before it may: whichever comes sixth is refused.
        var held = Enumerable.Range(0, 6).Select(_ => new HeldContent()).ToList();
        var answers = held.Select(content => author.PostAsync(path, content)).ToList();

        var refused = await Task.WhenAny(answers);
        using (var answer = await refused)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        }

        held.ForEach(content => content.Release());
        foreach (var answer in await Task.WhenAll(answers.Where(answer => answer != refused)))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    /// <summary>A text of which the second half comes only when it is told to.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly TaskCompletionSource isReleased = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldContent() => Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        public void Release() => isReleased.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("Relevé "u8.ToArray());
            await stream.FlushAsync();
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
