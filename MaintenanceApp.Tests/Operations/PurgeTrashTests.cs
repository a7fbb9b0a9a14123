using MaintenanceApp.Data;
using MaintenanceApp.Live;
using MaintenanceApp.Operations;
using MaintenanceApp.Tests.Support;
using MaintenanceApp.Tickets;
using MaintenanceApp.Tickets.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaintenanceApp.Tests.Operations;

public sealed class PurgeTrashTests
{
    private static readonly DateTime Now = FakeClock.Start;

    [Theory, BothDatabases]
    public async Task A_ticket_leaves_the_trash_after_its_time_with_all_it_has_and_no_other_goes(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var store = host.Service<IFileStore>();
        var old = await FullTicket.CreateAsync(database, host.Given, store, Now.AddDays(-30).AddMinutes(-1));
        var recent = await FullTicket.CreateAsync(database, host.Given, store, Now.AddDays(-30).AddMinutes(1));
        var alive = await FullTicket.CreateAsync(database, host.Given, store, null);

        (await host.Service<PurgeHistory>().ExecuteAsync(CancellationToken.None)).ShouldBe(new Purged(0, 0, 1, 1));

        await using var db = database.CreateDbContext();
        (await FullTicket.RowsAsync(db)).ShouldBe([2, 2, 2, 2, 2, 2, 4, 2]);
        (await db.Tickets.Select(ticket => ticket.Id).Order().ToListAsync(TestContext.Current.CancellationToken)).ShouldBe([recent.Id, alive.Id]);
        FullTicket.StoredIn(store).ShouldBe(4);
        host.Logs.ShouldContain($"Ticket {old.TicketId} was deleted for good, with 1 files: its time in the trash was over");
        (await host.Service<PurgeHistory>().ExecuteAsync(CancellationToken.None)).ShouldBe(new Purged(0, 0), "done is done");
    }

    [Theory, BothDatabases]
    public async Task A_full_trash_goes_in_small_transactions(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock(), new Dictionary<string, string?> { ["Retention:Trash"] = "1.00:00:00" });
        var machine = await host.Given.Machine();
        await using (var db = database.CreateDbContext())
        {
            db.AddRange(Enumerable.Range(1, 45).Select(number =>
            {
                var ticket = new Ticket($"ESSAI-{number}", new NewTicket("Vieux", "Jeté il y a deux jours.", machine.Id), Given.Planner, Now.AddDays(-2));
                ticket.MoveToTrash(Given.Planner, Now.AddDays(-2));
                return ticket;
            }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await host.Service<PurgeHistory>().ExecuteAsync(CancellationToken.None)).ShouldBe(new Purged(0, 0, 45));
        await using var after = database.CreateDbContext();
        (await after.Tickets.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_file_taken_off_a_ticket_goes_after_the_same_time_with_its_bytes(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = new AppHost(database, new FakeClock());
        var store = host.Service<IFileStore>();
        var ticket = await host.Given.Ticket();
        var old = await FullTicket.AddFileAsync(database, store, ticket, Now.AddDays(-31));
        var recent = await FullTicket.AddFileAsync(database, store, ticket, Now.AddDays(-29));
        var kept = await FullTicket.AddFileAsync(database, store, ticket, null);

        (await host.Service<PurgeHistory>().ExecuteAsync(CancellationToken.None)).ShouldBe(new Purged(0, 0, 0, 1));

        Has(store, old).ShouldBeFalse();
        Has(store, AddTicketFile.ThumbnailKey(old)).ShouldBeFalse();
        (Has(store, recent), Has(store, kept), Has(store, AddTicketFile.ThumbnailKey(recent))).ShouldBe((true, true, true));
        await using var db = database.CreateDbContext();
        (await db.TicketFiles.OrderBy(file => file.Id).Select(file => file.StorageKey).ToListAsync(TestContext.Current.CancellationToken)).ShouldBe([recent, kept]);
    }

    [Fact]
    public async Task Bytes_that_no_file_names_go_after_a_day_and_what_is_not_ours_stays()
    {
        await using var database = await TestDatabase.CreateAsync();
        var folder = TestDatabase.TemporaryPath(".files");
        await using var host = new AppHost(database, new FakeClock(), new Dictionary<string, string?> { ["Files:Directory"] = folder });
        var store = host.Service<IFileStore>();
        var (lost, fresh) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        foreach (var name in new[] { lost, $"{lost}-small", $"{lost}.{Guid.NewGuid():N}.part", "LISEZMOI.txt" })
        {
            await WriteAsync(folder, lost[..2], name, Now.AddDays(-2));
        }

        await WriteAsync(folder, fresh[..2], fresh, Now.AddHours(-23));
        var purge = host.Service<PurgeTicketFiles>();
        (await purge.OrphansAsync(Now.AddDays(-1), CancellationToken.None)).ShouldBe(0, "a database without any file may be the wrong one");
        Has(store, lost).ShouldBeTrue();

        var named = await FullTicket.AddFileAsync(database, store, await host.Given.Ticket(), null);
        foreach (var name in new[] { named, $"{named}-small" })
        {
            File.SetLastWriteTimeUtc(Path.Combine(folder, named[..2], name), Now.AddDays(-2));
        }

        (await purge.OrphansAsync(Now.AddDays(-1), CancellationToken.None)).ShouldBe(2, "the file and what a broken write left");
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(new[] { "LISEZMOI.txt", fresh, named, $"{named}-small" }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_cannot_be_deleted_keep_no_ticket_and_go_another_night()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = new AppHost(database, new FakeClock());
        var ticket = await host.Given.Ticket(createdAt: Now.AddDays(-40), inTrash: true);
        await FullTicket.AddFileAsync(database, host.Service<IFileStore>(), ticket, null);
        var store = new StuckStore(host.Service<IFileStore>());
        var files = new PurgeTicketFiles(database, store, host.Service<LiveUpdates>(), host.Clock, NullLogger<PurgeTicketFiles>.Instance);
        var eraser = new TicketEraser(database, files, host.Service<LiveUpdates>(), host.Clock, NullLogger<TicketEraser>.Instance);

        (await eraser.EraseAsync(_ => true, null, CancellationToken.None)).Single().Id.ShouldBe(ticket.Id);
        FullTicket.StoredIn(store).ShouldBe(2, "they are stuck");

        store.IsStuck = false;
        await FullTicket.AddFileAsync(database, store, await host.Given.Ticket(), null);
        (await files.OrphansAsync(DateTime.MaxValue, CancellationToken.None)).ShouldBe(1);
        FullTicket.StoredIn(store).ShouldBe(2, "those of the other ticket");
    }

    private static bool Has(IFileStore store, string key)
    {
        using var bytes = store.Open(key);
        return bytes is not null;
    }

    private static async Task WriteAsync(string folder, string part, string name, DateTime at)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, part)).FullName, name);
        await File.WriteAllTextAsync(path, "octets");
        File.SetLastWriteTimeUtc(path, at);
    }

    /// <summary>A disk that is protected for a while.</summary>
    private sealed class StuckStore(IFileStore inner) : IFileStore
    {
        public bool IsStuck { get; set; } = true;

        public Task<long> SaveAsync(string key, Stream content, long maxBytes, CancellationToken cancellationToken) => inner.SaveAsync(key, content, maxBytes, cancellationToken);

        public Stream? Open(string key) => inner.Open(key);

        public bool Delete(string key) => IsStuck ? throw new UnauthorizedAccessException("protégé") : inner.Delete(key);

        public IEnumerable<string> KeysWrittenBefore(DateTime instant) => inner.KeysWrittenBefore(instant);
    }
}
